import type { CalendarDay, CalendarKey, CalendarRow, CalendarType } from '../../facts/schemas.ts';

/** The same thing declared for days in a row: what somebody wrote in one go, and changes or takes back in one go. */
export interface Run {
  readonly first: string;
  readonly last: string;
  readonly rows: readonly CalendarRow[];
  /** Any of the rows: they differ in nothing but the date. */
  readonly row: CalendarRow;
}

export function nextDay(date: string, days = 1): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + days);
  return next.toISOString().slice(0, 10);
}

export interface Cell {
  readonly date: string;
  /** null where a week begins or ends in another month. */
  readonly day: CalendarDay | null;
}

/** The month as weeks from Monday. */
export function weeksOf(days: readonly CalendarDay[]): Cell[][] {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return [];
  const byDate = new Map(days.map((day) => [day.date, day]));
  const weeks: Cell[][] = [];
  for (let monday = nextDay(first, -((weekday(first) + 6) % 7)); monday <= last; monday = nextDay(monday, 7)) {
    const dates = Array.from({ length: 7 }, (_, index) => nextDay(monday, index));
    weeks.push(dates.map((date) => ({ date, day: byDate.get(date) ?? null })));
  }
  return weeks;
}

const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The month before or after. */
export function monthBeside(month: string, step: 1 | -1): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7);
}

/** Everything declared in these days, folded into runs, by their first day. */
export function runsOf(days: readonly CalendarDay[]): Run[] {
  const open = new Map<string, CalendarRow[]>();
  const runs: CalendarRow[][] = [];
  for (const row of days.flatMap((day) => day.rows)) {
    const { date, ...rest } = row;
    const alike = JSON.stringify(rest);
    const run = open.get(alike);
    if (run && nextDay(run.at(-1)?.date ?? date) === date) run.push(row);
    else {
      const fresh = [row];
      open.set(alike, fresh);
      runs.push(fresh);
    }
  }
  return runs
    .flatMap((rows) => {
      const [row, last] = [rows[0], rows.at(-1)];
      return row && last ? [{ first: row.date, last: last.date, rows, row }] : [];
    })
    .sort((a, b) => (a.first === b.first ? order(a.row) - order(b.row) : a.first < b.first ? -1 : 1));
}

const types: readonly CalendarType[] = ['holiday', 'workday', 'outage', 'hours', 'promotion'];
const order = ({ type }: CalendarRow) => types.indexOf(type);

export const covers = (run: Run, date: string): boolean => run.first <= date && date <= run.last;

export const keyOf = ({ date, type, shop, metric, from }: CalendarRow): CalendarKey => ({
  ...{ date, type, shop, metric, from },
});

/** What a day's cell has to say beside what kind of day it is: each type once, with one of its rows and how many more. */
export function marksOf(day: CalendarDay): { row: CalendarRow; more: number }[] {
  const declared = day.source === 'declared' ? ['holiday', 'workday'] : [];
  // The row that made the day what it is says so in the cell's head already.
  const rest = day.rows.filter((row) => row.shop !== '' || !declared.includes(row.type));
  return types.flatMap((type) => {
    const [row, ...more] = rest.filter((each) => each.type === type);
    return row ? [{ row, more: more.length }] : [];
  });
}
