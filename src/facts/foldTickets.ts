import { eventsOf, ticketLog, ticketsOf } from '../ingest/fold.ts';
import { readRawTable } from '../ingest/rawTable.ts';
import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { eachServer } from './eachServer.ts';
import { takeOut } from './takeOut.ts';
import { brought } from './touched.sql.ts';

/** What is folded, and by which columns its rows are known. */
const folded = [
  { table: 'tickets', key: 'ticket_id', only: '1', select: ticketsOf },
  { table: 'events', key: 'subject_id', only: `subject_kind = 'ticket'`, select: eventsOf },
] as const;

const scratch = ['fold_tickets', 'fold_rows'] as const;

/**
 * Folds the event logs of the tickets of which these imports brought rows: all rows of a ticket, whichever file they came in, so that the same
 * rows always give the same ticket and events. What an earlier fold made of fewer rows, and does not hold any more, is taken out.
 * A ticket's log, its rows and its events lie on one shard. Repeating it after a crash at any point ends in the same rows.
 */
export async function foldTickets({ all, shards }: ClickHouse, imports: readonly number[]): Promise<void> {
  const params = { imports, firstImport: Math.min(...imports) };
  const any = await all.query(`SELECT 1 AS one FROM ${ticketLog} WHERE ${brought} LIMIT 1`, { params });
  if (any.length === 0) return;
  await eachServer(shards, (shard) => foldOn(shard, params));
}

async function foldOn(shard: ClickHouseConnection, params: Record<string, unknown>): Promise<void> {
  await shard.command('CREATE OR REPLACE TABLE fold_tickets (id String) ENGINE = Memory');
  await shard.command(`INSERT INTO fold_tickets SELECT DISTINCT ticket_id FROM ${ticketLog} WHERE ${brought}`, {
    params,
  });
  for (const { table, key, only, select } of folded) {
    const rows = select(ticketLog, 'ticket_id IN (SELECT id FROM fold_tickets)', await readRawTable(shard, table));
    await shard.command(`CREATE OR REPLACE TABLE fold_rows ENGINE = Memory AS ${rows}`);
    // Nothing that was imported has the import 0.
    const before = `${only} AND ${key} IN (SELECT id FROM fold_tickets) AND import_id = 0`;
    await shard.command(
      `INSERT INTO ${table} SELECT * FROM fold_rows WHERE content_hash NOT IN (SELECT content_hash FROM ${table} WHERE ${before})`,
    );
    const past = await shard.query<{ key: string; content_hash: string }>(
      `SELECT DISTINCT ${key} AS key, content_hash FROM ${table}
       WHERE ${before} AND content_hash NOT IN (SELECT content_hash FROM fold_rows)`,
    );
    await takeOut(
      shard,
      { table, columns: [key, 'content_hash'], where: `${only} AND import_id = 0` },
      past.map((row) => [row.key, row.content_hash]),
    );
  }
  for (const table of scratch) await shard.command(`DROP TABLE IF EXISTS ${table} SYNC`);
}
