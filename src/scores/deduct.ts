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
  const instead = chargedElsewhere(charges);
  return new Map(
    charging.map((item) => {
      const own = charges.filter((charge) => charge.item === item);
      const here = own.filter((charge) => !instead.has(charge));
      const skipped = own
        .filter((charge) => instead.has(charge))
        .map((charge) => told(charge, zero, instead.get(charge) ?? null));
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

/**
 * The charges that another one stands for, and the item that is charged in their place. A record that two items charge for counts
 * under the dearer. Of several accounts of one moment of a session the dearest counts, with all that it tells apart; so it is of what
 * several tell of one kind in one session, at whatever moments: a rule marks the message, an inspector the conversation.
 */
function chargedElsewhere(charges: readonly Charge[]): ReadonlyMap<Charge, string> {
  const instead = new Map<Charge, string>();
  const giveWay = (accounts: readonly (readonly Charge[])[], most: readonly Charge[]) => {
    for (const each of accounts.filter((account) => account !== most).flat())
      instead.set(each, dearestOf(most).item.id);
  };
  const kept: Charge[] = [];
  for (const same of grouped(charges, ({ incident }) => recordOf(incident)).values()) {
    const most = dearestOf(same);
    kept.push(most);
    for (const each of same) if (each !== most) instead.set(each, most.item.id);
  }
  const inSessions = kept.filter(({ incident }) => incident.sessionId !== null);
  for (const moment of grouped(inSessions, ({ incident }) => `${incident.sessionId} ${incident.at}`).values()) {
    const accounts = [...grouped(moment, ({ incident }) => accountOf(incident.incidentId)).values()];
    const most = dearestAccount(accounts);
    giveWay(accounts, most);
  }
  const told = inSessions.filter((charge) => charge.incident.teller !== undefined && !instead.has(charge));
  for (const kind of grouped(told, ({ incident }) => `${incident.sessionId} ${incident.incident}`).values()) {
    const accounts = [...grouped(kind, ({ incident }) => incident.teller ?? '').values()];
    giveWay(accounts, dearestAccount(accounts));
  }
  return instead;
}

const recordOf = ({ incidentId, sessionId, at, incident }: ChargedIncident): string =>
  incidentId === '' ? ` ${incident} ${at} ${sessionId ?? ''}` : incidentId;

/**
 * Whose word an incident is: `FORM:ITEM` is a finding of that form, and whoever fills in a form tells its findings apart. Anything
 * else is an account of its own, so that what two sources recorded for one moment is one incident.
 */
function accountOf(incidentId: string): string {
  const end = incidentId.lastIndexOf(':');
  return end > 0 ? incidentId.slice(0, end) : incidentId;
}

/** Compared in points of the total: a full mark may weigh more in one item than in another. */
const worth = ({ item, points }: Charge): Fraction => multiply(points, divide(item.weight, item.full));

const dearestOf = (same: readonly Charge[]): Charge => dearest(same, worth);
const dearestAccount = (accounts: readonly (readonly Charge[])[]): readonly Charge[] =>
  dearest(accounts, (account) => sum(account.map(worth)));

/** The first of equals. */
function dearest<T>(some: readonly T[], worthOf: (each: T) => Fraction): T {
  const [first, ...rest] = some;
  if (first === undefined) throw new RangeError('a group has entries');
  return rest.reduce((most, each) => (compare(worthOf(each), worthOf(most)) > 0 ? each : most), first);
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
