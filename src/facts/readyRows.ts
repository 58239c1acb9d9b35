import type { KindName } from '../ingest/kinds.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import { cutSessions } from './cutSessions.ts';
import { foldTickets } from './foldTickets.ts';
import { removeMoved } from './removeMoved.ts';

/** Brings the raw rows of these imports, and those that belong with them, into the form of which facts are derived. */
export async function readyRows(
  clickhouse: ClickHouse,
  imports: readonly { readonly id: number; readonly kind: KindName }[],
): Promise<void> {
  if (imports.length === 0) return;
  const ids = imports.map(({ id }) => id);
  await cutSessions(clickhouse, ids);
  await foldTickets(clickhouse, ids);
  await removeMoved(clickhouse, imports);
}
