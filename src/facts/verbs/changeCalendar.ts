import { randomUUID } from 'node:crypto';
import { rowsBatch } from '../../ingest/httpBatch.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Invalid } from '../../platform/errors.ts';
import { todayIn } from '../calendarDays.ts';
import { calendarIssues, calendarKeyOf } from '../calendarIssues.ts';
import { readCalendarRows } from '../calendarStore.ts';
import type { CalendarChange, CalendarKey, CalendarRow } from '../schemas.ts';

/**
 * Sets and takes back calendar rows: an ingest batch like any other, so the facts of those days are derived again after it.
 * A row taken back is a later version that says `cancelled`. What holds already, or is gone already, is passed over.
 * @throws Invalid with every issue; nothing is changed then.
 */
export async function changeCalendar(
  ingest: Ingest,
  actor: Actor,
  change: CalendarChange,
): Promise<{ set: number; removed: number }> {
  authorise(actor, 'calendar.write');
  // Days of every shop are for those who may touch every shop.
  for (const { shop } of [...change.set, ...change.remove])
    authorise(actor, 'calendar.write', { shop: shop === '' ? null : shop });
  const dates = [...change.set, ...change.remove].map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return { set: 0, removed: 0 };

  const held = await readCalendarRows(ingest.deps.stores.clickhouse.all, { first, last });
  const issues = calendarIssues(change, held, todayIn(ingest.deps));
  if (issues.length > 0) throw new Invalid('calendar.invalid', issues);
  const heldByKey = new Map(held.map((row) => [calendarKeyOf(row), row]));
  const staying = new Set(change.set.map(calendarKeyOf));
  const set = change.set.filter((row) => !isSame(row, heldByKey.get(calendarKeyOf(row))));
  const removed = change.remove.filter((key) => heldByKey.has(calendarKeyOf(key)) && !staying.has(calendarKeyOf(key)));
  if (set.length + removed.length === 0) return { set: 0, removed: 0 };

  // Written down first: the two stores share no transaction, and an unaudited change would be the worse half.
  for (const line of auditLines(set, removed)) await audit(ingest.deps, actor, 'calendar.changed', line);
  // Marks every row as a version of its own: the same row set again after it was taken back would pass for a repetition.
  const change_id = randomUUID();
  const answer = await ingest.groups.submit(
    'calendar',
    rowsBatch(
      [
        ...removed.map((key) => ({ ...key, change_id, cancelled: 'true' })),
        ...set.map((row) => ({ ...row, change_id })),
      ],
      'calendar',
    ),
  );
  if (answer.rejected.length > 0) throw new Error('a checked calendar row was rejected');
  return { set: set.length, removed: removed.length };
}

function isSame(row: CalendarRow, held: CalendarRow | undefined): boolean {
  if (held === undefined || held.to !== row.to || held.name !== row.name) return false;
  return (
    held.factor === row.factor || (held.factor !== null && Number(held.factor) === Number(row.factor ?? Number.NaN))
  );
}

/** One line for each run of days that are told the same. */
function auditLines(set: readonly CalendarRow[], removed: readonly CalendarKey[]): string[] {
  const runs = new Map<string, string[]>();
  const add = (words: string, date: string) => runs.set(words, [...(runs.get(words) ?? []), date]);
  const place = ({ type, shop, metric, from }: CalendarKey) => [type, shop, metric, from].filter(Boolean).join(' ');
  for (const key of removed) add(`− ${place(key)}`, key.date);
  for (const row of set)
    add(`+ ${[place(row), row.to && `–${row.to}`, row.factor].filter(Boolean).join(' ')}`, row.date);
  return [...runs].map(([words, dates]) => {
    const sorted = [...dates].sort();
    const span = sorted.length === 1 ? sorted[0] : `${sorted[0]}..${sorted.at(-1)} (${sorted.length})`;
    return `${span} ${words}`;
  });
}
