import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { writeLabels } from './batchStore.ts';
import { dueDecisions, noteDone } from './decisionStore.ts';

/** Puts rows of incidents through the import; false where it refused the row. */
export type IncidentWriter = (row: object) => Promise<boolean>;

/**
 * Writes what decisions brought about, in their order: incidents through the import, labels into the facts. What a crash left behind is
 * written by whoever looks next; writing it twice changes nothing.
 */
export async function writeDue(
  { postgres, clickhouse }: { postgres: Queryable; clickhouse: ClickHouse },
  write: IncidentWriter,
): Promise<void> {
  const due = await dueDecisions(postgres);
  await writeLabels(
    clickhouse,
    due.flatMap(({ label }) => (label ? [label] : [])),
  );
  for (const { id, incident } of due) {
    await noteDone(postgres, id, incident === null ? null : (await write(incident)) ? 'written' : 'refused');
  }
}
