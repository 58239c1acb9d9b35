import { reaches } from './attain.ts';
import { compare, divide, type Fraction, fraction, multiply, sum, toDecimal, zero } from './fraction.ts';
import { grouped } from './grouped.ts';
import type { ResolvedItem } from './resolvePlan.ts';
import type { ChargedIncident, Deduction, ScoreInput } from './scorecard.ts';
import { targetOfDay } from './targetInForce.ts';

interface Charge {
  readonly item: ResolvedItem;
  readonly incident: ChargedIncident;
  readonly points: Fraction;
  readonly oncePerDay: boolean;
}

/**
 * What each item is charged, by item id: confirmed incidents at the low or high end of their range (an unknown severity at the
 * low end), days that missed the target once each. One incident under two items is charged under the dearer one only.
 */
export function deductionsOf(
  items: readonly ResolvedItem[],
  input: ScoreInput,
): ReadonlyMap<string, readonly Deduction[]> {
  const charging = items.filter(({ curve }) => curve.curve === 'deductions');
  if (charging.length === 0) return new Map();
  const byKind = grouped(input.incidents ?? [], ({ incident }) => incident);
  const charges = charging.flatMap((item) => chargesOf(item, byKind));
  const dearest = new Map(
    [...grouped(charges, ({ incident }) => sameIncident(incident))].map(([key, same]) => [key, dearestOf(same)]),
  );
  return new Map(
    charging.map((item) => {
      const own = charges.filter((charge) => charge.item === item);
      const elsewhere = new Map(own.map((charge) => [charge, dearest.get(sameIncident(charge.incident)) ?? item.id]));
      const here = own.filter((charge) => elsewhere.get(charge) === item.id);
      const skipped = own
        .filter((charge) => elsewhere.get(charge) !== item.id)
        .map((charge) => told(charge, zero, elsewhere.get(charge) ?? null));
      return [item.id, [...charged(item, here, input), ...skipped]];
    }),
  );
}

export const lostTo = (deductions: readonly Deduction[]): Fraction =>
  sum(deductions.map(({ points }) => fraction(points)));

function chargesOf(item: ResolvedItem, byKind: ReadonlyMap<string, readonly ChargedIncident[]>): Charge[] {
  if (item.curve.curve !== 'deductions') return [];
  return item.curve.charges.flatMap((kind) =>
    (byKind.get(kind.incident) ?? []).map((incident) => {
      const points = fraction(incident.severity === 'major' ? kind.major : kind.minor);
      return { item, incident, points, oncePerDay: kind.oncePerDay === true };
    }),
  );
}

/** What was recorded twice for one moment of one session is one incident, whatever it was called. */
const sameIncident = ({ incidentId, sessionId, at, incident }: ChargedIncident): string =>
  sessionId === null ? `${incidentId} ${incidentId === '' ? `${incident} ${at}` : ''}` : `${sessionId} ${at}`;

/** Compared in points of the total: a full mark may weigh more in one item than in another. */
function dearestOf(same: readonly Charge[]): string {
  const worth = ({ item, points }: Charge) => multiply(points, divide(item.weight, item.full));
  const [first, ...rest] = same;
  if (!first) throw new RangeError('a group has entries');
  return rest.reduce((most, each) => (compare(worth(each), worth(most)) > 0 ? each : most), first).item.id;
}

/** Incidents one by one; those that count once a day, and days that missed the target, as one charge a day. */
function charged(item: ResolvedItem, charges: readonly Charge[], input: ScoreInput): Deduction[] {
  const single = charges.filter(({ oncePerDay }) => !oncePerDay).map((charge) => told(charge, charge.points, null));
  const missed = missedDays(item, input);
  const daily = grouped(
    charges.filter(({ oncePerDay }) => oncePerDay),
    ({ incident }) => incident.day,
  );
  const days = [...new Set([...daily.keys(), ...missed.keys()])].sort();
  const once = days.flatMap((day): Deduction[] => {
    const same = daily.get(day) ?? [];
    const byFigure = missed.get(day);
    const [most] = [...same].sort((a, b) => compare(b.points, a.points));
    if (byFigure && (!most || compare(byFigure, most.points) > 0))
      return [ofDay(day, byFigure), ...same.map((charge) => told(charge, zero, item.id))];
    return same.map((charge) => told(charge, charge === most ? charge.points : zero, charge === most ? null : item.id));
  });
  return [...single, ...once];
}

function missedDays(item: ResolvedItem, input: ScoreInput): Map<string, Fraction> {
  if (item.curve.curve !== 'deductions' || item.curve.perDay === undefined) return new Map();
  const points = fraction(item.curve.perDay);
  return new Map(
    (input.days?.[item.metric.id] ?? []).flatMap((day): [string, Fraction][] => {
      const target = targetOfDay(item, day, input.tier);
      if (target === null || day.value == null || reaches(item.better, fraction(day.value), target)) return [];
      return [[day.day, points]];
    }),
  );
}

const ofDay = (day: string, points: Fraction): Deduction => ({
  incidentId: null,
  incident: null,
  severity: null,
  day,
  points: toDecimal(points),
  chargedUnder: null,
});

const told = ({ incident }: Charge, points: Fraction, chargedUnder: string | null): Deduction => ({
  incidentId: incident.incidentId,
  incident: incident.incident,
  severity: incident.severity,
  day: incident.day,
  points: toDecimal(points),
  chargedUnder,
});
