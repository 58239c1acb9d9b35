import { monthAfter } from '../../scores/monthAfter.ts';
import { dayOf } from '../format.ts';

/** The month after the one that runs in this zone, as 2026-12. */
export const nextMonthOf = (now: Date, timeZone: string): string =>
  monthAfter(dayOf(now.toISOString(), timeZone).slice(0, 7), 1);

/** The months one may choose as a beginning: a year from the next one, before it those with data that are allowed; `first` null: any. */
export function offeredMonths(next: string, first: string | null, withData: readonly string[]): string[] {
  const coming = Array.from({ length: 12 }, (_, count) => monthAfter(next, count));
  const past = withData.filter((each) => /^\d{4}-\d{2}$/.test(each) && each < next && each >= (first ?? ''));
  return [...new Set([...past.sort(), ...coming])];
}
