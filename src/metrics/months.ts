import { Temporal } from 'temporal-polyfill';
import { type Period, parsePeriod } from './period.ts';

/** The months that a period touches, as 2026-10, in order. */
export function monthsOf({ firstDay, lastDay }: Pick<Period, 'firstDay' | 'lastDay'>): string[] {
  const last = Temporal.PlainDate.from(lastDay).toPlainYearMonth();
  const months: string[] = [];
  for (
    let month = Temporal.PlainDate.from(firstDay).toPlainYearMonth();
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  )
    months.push(month.toString());
  return months;
}

/** The month that is running at an instant, `ahead` months later. */
export function monthAt(now: number, timeZone: string, ahead = 0): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.toPlainYearMonth().add({ months: ahead }).toString();
}

/** The days of a period from the first of one month to the last of another. */
export function within(
  period: Period,
  months: { readonly first: string; readonly last: string },
  timeZone: string,
): Period {
  const begins = `${months.first}-01`;
  const last = Temporal.PlainYearMonth.from(months.last);
  const ends = last.toPlainDate({ day: last.daysInMonth }).toString();
  const first = begins > period.firstDay ? begins : period.firstDay;
  return parsePeriod(`${first}..${ends < period.lastDay ? ends : period.lastDay}`, timeZone);
}
