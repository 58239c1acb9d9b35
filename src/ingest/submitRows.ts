import type { Deps } from '../platform/http.ts';
import { rowsBatch } from './httpBatch.ts';
import type { Ingest } from './ingest.ts';
import type { KindName } from './kinds.ts';

/** Adds rows to a kind as anybody's come in; those that the checks refuse (an agent that no list knows) are told in the log, by kind and reason alone. */
export async function submitRows(
  deps: Pick<Deps, 'log'>,
  ingest: Pick<Ingest, 'groups'>,
  kind: KindName,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  const { rejected } = await ingest.groups.submit(kind, rowsBatch(rows, kind));
  for (const { reason } of rejected) deps.log.warn({ kind, reason }, 'a row that people made was refused');
}
