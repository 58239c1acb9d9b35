import { Temporal } from 'temporal-polyfill';
import type { Invalid } from '../platform/errors.ts';
import type { CalendarChange, CalendarKey, CalendarRow } from './schemas.ts';
import { type DayHours, hoursOf } from './serviceHours.ts';

/** Two rows of one key are versions of one row. */
export const calendarKeyOf = ({ date, type, shop, metric, from }: CalendarKey): string =>
  JSON.stringify([date, type, shop, metric, from]);

type Issues = Invalid['issues'];

/** Nothing that is measured is older; a date further ahead is a slip of the pen. */
const earliest = '2000-01-01';
const yearsAhead = 2;

/** Everything that is wrong with a change to a calendar of which these rows hold, each with its place in the change. */
export function calendarIssues(change: CalendarChange, held: readonly CalendarRow[], today: string): Issues {
  const touched = new Set([...change.remove, ...change.set].map(calendarKeyOf));
  const after = [...held.filter((row) => !touched.has(calendarKeyOf(row))), ...change.set];
  const latest = Temporal.PlainDate.from(today).add({ years: yearsAhead }).toString();
  return change.set.flatMap((row, index) =>
    [...rangeIssues(row, latest), ...rowIssues(row), ...dayIssues(row, after)].map(({ column, code }) => ({
      path: `set.${index}.${column}`,
      code,
    })),
  );
}

interface RowIssue {
  readonly column: keyof CalendarRow;
  readonly code: string;
}

function rangeIssues({ date }: CalendarRow, latest: string): RowIssue[] {
  return date < earliest || date > latest ? [{ column: 'date', code: 'calendar.outOfRange' }] : [];
}

function rowIssues(row: CalendarRow): RowIssue[] {
  const issues: RowIssue[] = [];
  const isTimed = row.type === 'outage' || row.type === 'hours';
  if (!isTimed && row.from !== '') issues.push({ column: 'from', code: 'calendar.noTimes' });
  if (!isTimed && row.to !== '') issues.push({ column: 'to', code: 'calendar.noTimes' });
  if (row.type !== 'promotion' && row.metric !== '') issues.push({ column: 'metric', code: 'calendar.promotionOnly' });
  if (row.type !== 'promotion' && row.factor !== null)
    issues.push({ column: 'factor', code: 'calendar.promotionOnly' });
  if (row.factor !== null && Number(row.factor) < 1) issues.push({ column: 'factor', code: 'calendar.belowOne' });
  const length = hoursOf(row).closeMs - hoursOf(row).openMs;
  // Equal hours mean closed; an outage past midnight is two rows, one for each day.
  if (isTimed && (row.type === 'hours' ? length < 0 : length <= 0))
    issues.push({ column: 'to', code: 'calendar.endsBefore' });
  return issues;
}

/** Spans of one shop and day leave each other alone, a closed day has none, and a day is a holiday or a working day, not both. */
function dayIssues(row: CalendarRow, after: readonly CalendarRow[]): RowIssue[] {
  const beside = after.filter((other) => other !== row && other.date === row.date && other.shop === row.shop);
  const key = calendarKeyOf(row);
  if (beside.some((other) => calendarKeyOf(other) === key)) return [{ column: 'date', code: 'calendar.twice' }];
  if (row.type === 'hours' && beside.some((other) => other.type === 'hours' && clash(hoursOf(row), hoursOf(other))))
    return [{ column: 'date', code: 'calendar.hoursOverlap' }];
  const opposite = row.type === 'holiday' ? 'workday' : row.type === 'workday' ? 'holiday' : null;
  if (opposite !== null && beside.some((other) => other.type === opposite))
    return [{ column: 'date', code: 'calendar.holidayAndWorkday' }];
  return [];
}

const isClosed = ({ openMs, closeMs }: DayHours) => openMs === closeMs;
const clash = (a: DayHours, b: DayHours) =>
  isClosed(a) || isClosed(b) || (a.openMs < b.closeMs && b.openMs < a.closeMs);
