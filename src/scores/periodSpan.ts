import { Temporal } from 'temporal-polyfill';
import { type Period, parsePeriod } from '../metrics/period.ts';

/** The period before one, of the same kind and length. */
export function periodBefore(period: Period, timeZone: string): Period {
  const first = Temporal.PlainDate.from(period.firstDay);
  const last = first.subtract({ days: 1 });
  switch (period.kind) {
    case 'month':
      return parsePeriod(monthOf(last), timeZone);
    case 'quarter':
      return parsePeriod(quarterOf(last), timeZone);
    case 'year':
      return parsePeriod(String(last.year).padStart(4, '0'), timeZone);
    case 'days': {
      const days = first.until(period.lastDay, { largestUnit: 'days' }).days;
      return parsePeriod(`${last.subtract({ days })}..${last}`, timeZone);
    }
  }
}

/** What a longer period is blended from: a quarter's months, a year's quarters; empty for the periods scored themselves. */
export function partsOf(period: Period, timeZone: string): Period[] {
  const first = Temporal.PlainDate.from(period.firstDay);
  if (period.kind === 'quarter')
    return [0, 1, 2].map((months) => parsePeriod(monthOf(first.add({ months })), timeZone));
  if (period.kind === 'year')
    return [0, 3, 6, 9].map((months) => parsePeriod(quarterOf(first.add({ months })), timeZone));
  return [];
}

/** The months of a quarter or a year. */
export const monthsOf = (period: Period, timeZone: string): Period[] =>
  partsOf(period, timeZone).flatMap((part) => (part.kind === 'month' ? [part] : partsOf(part, timeZone)));

/** Calendar months a period touches: 3 for a quarter, 1 for a month or some days of it. */
export function monthsIn(period: Period): number {
  const first = Temporal.PlainDate.from(period.firstDay).with({ day: 1 });
  return first.until(Temporal.PlainDate.from(period.lastDay).with({ day: 1 }), { largestUnit: 'months' }).months + 1;
}

/** The month a day is in, as 2026-10: what decides which plan version is in force. */
export const monthOf = (day: Temporal.PlainDate): string => day.toPlainYearMonth().toString();
const quarterOf = (day: Temporal.PlainDate): string =>
  `${String(day.year).padStart(4, '0')}-Q${Math.ceil(day.month / 3)}`;
