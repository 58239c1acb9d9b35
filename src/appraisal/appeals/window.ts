import { Temporal } from 'temporal-polyfill';
import { calendarDays } from '../../facts/calendarDays.ts';
import type { CalendarRow } from '../../facts/schemas.ts';
import { appealEnd, isWorked, restsOnUnknown, type SpecialDays } from '../../scores/appealEnd.ts';
import type { Plan } from '../../scores/planSchema.ts';

const daysUnlessPlanned = 3;

/** How far ahead the calendar is looked at: the longest window, over the longest holiday. */
const lookAhead = 400;

/** The days from one on that are no ordinary ones, to whoever asks until when. */
export function specialDays(span: { readonly first: string; readonly last: string }, rows: readonly CalendarRow[]) {
  return new Map(
    calendarDays(span, rows).flatMap(({ date, kind }): [string, 'holiday' | 'workday' | 'unknown'][] =>
      kind === 'ordinary' || kind === 'weekend' ? [] : [[date, kind]],
    ),
  ) satisfies SpecialDays;
}

export const spanFrom = (day: string) => ({
  first: day,
  last: Temporal.PlainDate.from(day).add({ days: lookAhead }).toString(),
});

export interface Window {
  /** The last day on which one may appeal. */
  readonly lastDay: string;
  /** The first instant at which it is too late. */
  readonly endsMs: number;
  /** Holidays of that time are not announced yet, so the day may still change. */
  readonly assumed: boolean;
}

/** Until when a result published on a day can be appealed against, by the plan's days or three. */
export function appealWindow(
  plan: Pick<Plan, 'appeal'>,
  publishedOn: string,
  special: SpecialDays,
  timeZone: string,
): Window {
  const days = Number(plan.appeal?.days ?? daysUnlessPlanned);
  const lastDay = appealEnd(publishedOn, days, special);
  const after = Temporal.PlainDate.from(lastDay).add({ days: 1 });
  const assumed = restsOnUnknown(publishedOn, days, lastDay, special);
  return { lastDay, endsMs: after.toZonedDateTime(timeZone).epochMilliseconds, assumed };
}

/** The day by whose end a step that begins on a day is to be decided: so many working days later, by the plan or three. */
export function decideBy(plan: Pick<Plan, 'appeal'>, from: string, special: SpecialDays): string {
  let left = Number(plan.appeal?.decideDays ?? daysUnlessPlanned);
  let day = Temporal.PlainDate.from(from);
  while (left > 0) {
    day = day.add({ days: 1 });
    if (isWorked(day, special)) left -= 1;
  }
  return day.toString();
}

export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
