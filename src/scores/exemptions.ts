import type { MetricRow } from '../metrics/metricValue.ts';
import { add, fraction, toDecimal } from './fraction.ts';
import type { Person, PromotionDay } from './organisation.ts';
import { namesMetric } from './planMetric.ts';
import type { DayFigure, ExemptDay, ExemptReason, ScoreInput } from './scorecard.ts';
import { promotionOn } from './targetDays.ts';

/** An approved entry of the register: days that do not count for somebody. */
export interface Exemption {
  readonly id: string;
  readonly covers: 'all' | 'team' | 'shop' | 'agent';
  readonly subject: string;
  /** Empty: every metric that can be told by the day. */
  readonly metrics: readonly string[];
  readonly firstDay: string;
  readonly lastDay: string;
  readonly reason: Exclude<ExemptReason, 'promotion'>;
}

/** Whom an entry covers, by the team and shop at the period's end. */
export function isCovered({ covers, subject }: Exemption, person: Person): boolean {
  switch (covers) {
    case 'all':
      return true;
    case 'team':
      return person.team === subject;
    case 'shop':
      return person.shop === subject;
    case 'agent':
      return person.agentId === subject;
  }
}

/** What one metric of a person leaves out. `days`: its rows by day; `parts`: the same by priority, where a target needs them. */
export interface DayRows {
  readonly days: readonly MetricRow[];
  readonly parts: readonly MetricRow[];
}

/** What the plan's promotion rule leaves out, and on which days. */
export interface Excluded {
  readonly metrics: readonly string[];
  readonly promotions: readonly PromotionDay[];
}

/** Why a day does not count in a metric; null where it does. An entry of the register goes before the promotion rule. */
export function exemptionOn(
  metric: string,
  day: string,
  entries: readonly Exemption[],
  excluded: Excluded,
): Pick<ExemptDay, 'reason' | 'entry'> | null {
  const entry = entries.find(
    ({ metrics, firstDay, lastDay }) =>
      firstDay <= day && day <= lastDay && (metrics.length === 0 || namesMetric(metrics, metric)),
  );
  if (entry) return { reason: entry.reason, entry: entry.id };
  const byRule = excluded.metrics.includes(metric) && promotionOn(excluded.promotions, day, metric) !== undefined;
  return byRule ? { reason: 'promotion', entry: null } : null;
}

/** By metric, the days that neither the register nor the promotion rule lets count. */
export function exemptDaysOf(
  rows: ReadonlyMap<string, DayRows>,
  entries: readonly Exemption[],
  excluded: Excluded,
): NonNullable<ScoreInput['exempt']> {
  const found: Record<string, readonly ExemptDay[]> = {};
  for (const [metric, { days, parts }] of rows) {
    const own = days.flatMap((row): ExemptDay[] => {
      const { day } = row.key;
      if (day === undefined || row.status === 'noData') return [];
      const exempt = exemptionOn(metric, day, entries, excluded);
      if (!exempt) return [];
      return [
        {
          day,
          ...exempt,
          figure: countedOn(row),
          parts: Object.fromEntries(
            parts
              .filter(({ key, status }) => key.day === day && status !== 'noData')
              .map((part) => [part.key.priority ?? '', countedOn(part)]),
          ),
        },
      ];
    });
    if (own.length > 0) found[metric] = own;
  }
  return found;
}

const countedOn = ({ numerator, denominator, n }: MetricRow): DayFigure => ({ numerator, denominator, n });

/** Sums of the volumes of several rows, by whatever names them. */
export function volumesBy<Key extends string>(
  rows: readonly MetricRow[],
  keyOf: (row: MetricRow) => Key,
): Partial<Record<Key, string>> {
  const volumes: Partial<Record<Key, string>> = {};
  for (const row of rows) {
    if (row.status === 'noData') continue;
    const key = keyOf(row);
    volumes[key] = toDecimal(add(fraction(volumes[key] ?? '0'), fraction(row.denominator)));
  }
  return volumes;
}
