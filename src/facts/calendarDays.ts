import { Temporal } from 'temporal-polyfill';
import { type OfficialDays, officialDays } from './officialDays.ts';
import type { CalendarDay, CalendarRow } from './schemas.ts';
import { hasFestivals, statutoryDay } from './statutoryDays.ts';

/**
 * What each day of the span is to everybody, both ends included, with the rows declared for it in their order.
 * Rows come in the order of their arrival: of contradicting ones the later holds. A declared holiday or workday goes before
 * the official arrangement; of a year without one the days that are holidays by law are known, every other is `unknown`, weekday or not.
 */
export function calendarDays(
  span: { readonly first: string; readonly last: string },
  rows: readonly CalendarRow[],
  official: OfficialDays = officialDays,
): CalendarDay[] {
  const last = Temporal.PlainDate.from(span.last);
  const days: CalendarDay[] = [];
  for (
    let day = Temporal.PlainDate.from(span.first);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    days.push({ date, ...kindOfDay(date, rows, '', official), rows: rows.filter((row) => row.date === date) });
  }
  return days;
}

/** Whether it is known when the Spring Festival and the other festivals by moon and sun of a year are. */
export const areFestivalsKnown = (year: string): boolean => officialDays.years.has(year) || hasFestivals(year);

/** Whether one works on that day (at the shop, if given); null where nobody has said so yet. */
export function isWorkingDay(
  date: string,
  rows: readonly CalendarRow[],
  { shop = '', official = officialDays }: { shop?: string; official?: OfficialDays } = {},
): boolean | null {
  const { kind } = kindOfDay(date, rows, shop, official);
  switch (kind) {
    case 'workday':
    case 'ordinary':
      return true;
    case 'holiday':
    case 'weekend':
      return false;
    case 'unknown':
      return null;
  }
}

type Kind = Pick<CalendarDay, 'kind' | 'name' | 'source'>;

/** A shop's own row goes before one for all shops. */
function kindOfDay(date: string, rows: readonly CalendarRow[], shop: string, official: OfficialDays): Kind {
  const declared = rows.filter((row) => row.date === date && (row.type === 'holiday' || row.type === 'workday'));
  const holds =
    declared.findLast((row) => shop !== '' && row.shop === shop) ?? declared.findLast((row) => row.shop === '');
  if (holds) {
    const name = holds.name === '' ? null : { zh: holds.name, en: holds.name };
    return { kind: holds.type === 'holiday' ? 'holiday' : 'workday', name, source: 'declared' };
  }
  if (!official.years.has(date.slice(0, 4))) {
    const byLaw = statutoryDay(date);
    return byLaw ? { kind: 'holiday', name: byLaw.name, source: 'law' } : { kind: 'unknown', name: null, source: null };
  }
  const named = official.days.get(date);
  if (named) return { kind: named.works ? 'workday' : 'holiday', name: named.name, source: 'official' };
  const isWeekend = Temporal.PlainDate.from(date).dayOfWeek > 5;
  return { kind: isWeekend ? 'weekend' : 'ordinary', name: null, source: 'official' };
}

/** The organisation's local date. */
export const todayIn = ({ now, timeZone }: { readonly now: () => number; readonly timeZone: string }): string =>
  dayIn(now(), timeZone);

/** The local date of an instant. */
export const dayIn = (atMs: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate().toString();
