import { Temporal } from 'temporal-polyfill';
import { dayIn } from '../../facts/calendarDays.ts';
import { type Period, parsePeriod } from '../../metrics/period.ts';
import { periodBefore } from '../../scores/periodSpan.ts';

type Every = 'month' | 'quarter';
const quarterOf = (day: Temporal.PlainDate) => `${day.year}-Q${Math.ceil(day.month / 3)}`;
/** How many periods of each kind stay on the page, the running one included. */
const months = 4;
const quarters = 2;

/** The months and quarters that are worked on now: the running ones and those before, the latest first. */
export function workingPeriods(nowMs: number, timeZone: string): { period: Period; every: Every }[] {
  const today = Temporal.PlainDate.from(dayIn(nowMs, timeZone));
  const chain = (text: string, count: number): Period[] => {
    const all = [parsePeriod(text, timeZone)];
    while (all.length < count) all.push(periodBefore(all.at(-1) as Period, timeZone));
    return all;
  };
  return [
    ...chain(today.toPlainYearMonth().toString(), months).map((period) => ({ period, every: 'month' as const })),
    ...chain(quarterOf(today), quarters).map((period) => ({ period, every: 'quarter' as const })),
  ];
}

/** The last day on which a form of the period is in time. */
export const dueOn = ({ lastDay }: Pick<Period, 'lastDay'>, dueDays: string): string =>
  Temporal.PlainDate.from(lastDay)
    .add({ days: Number(dueDays) })
    .toString();
