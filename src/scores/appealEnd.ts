import { Temporal } from 'temporal-polyfill';

/**
 * What a day is where it is not an ordinary one: a public holiday, a weekend day that is worked, or unknown, as nobody has said so yet. An
 * unknown day is taken by its weekday, and whoever tells a day that rests on one says so (`restsOnUnknown`).
 */
export type SpecialDays = ReadonlyMap<string, 'holiday' | 'workday' | 'unknown'>;

/**
 * The last day on which a result published on day D can be appealed: D + days, to its end; where that is a public holiday, the next
 * working day. An ordinary weekend day is an end like any other, but no working day to roll to.
 */
export function appealEnd(published: string, days: number, special: SpecialDays): string {
  const end = Temporal.PlainDate.from(published).add({ days });
  if (special.get(end.toString()) !== 'holiday') return end.toString();
  let day = end;
  do day = day.add({ days: 1 });
  while (!isWorked(day, special));
  return day.toString();
}

/** Whether one works on that day: an ordinary weekday, or a weekend day that is worked. */
export function isWorked(day: Temporal.PlainDate, special: SpecialDays): boolean {
  const known = special.get(day.toString());
  return known === undefined || known === 'unknown' ? day.dayOfWeek <= 5 : known === 'workday';
}

/** Whether an end that was found may still change: a day from D + days to it is one that nobody has spoken of yet. */
export function restsOnUnknown(published: string, days: number, lastDay: string, special: SpecialDays): boolean {
  let day = Temporal.PlainDate.from(published).add({ days });
  for (; Temporal.PlainDate.compare(day, lastDay) <= 0; day = day.add({ days: 1 }))
    if (special.get(day.toString()) === 'unknown') return true;
  return false;
}
