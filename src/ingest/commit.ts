import type { ClickHouse } from '../platform/clickhouse.ts';
import type { RawTable } from './rawTable.ts';
import { replacedTable } from './settle.ts';

/** Adds settled rows to the raw table and takes out the older versions of messages that they replace. */
export async function commitRows(
  clickhouse: ClickHouse,
  { raw, rows }: { raw: RawTable; rows: string },
): Promise<void> {
  const [first, ...others] = clickhouse.shards;
  if (!first) throw new Error('no shard');
  if (raw.name === 'messages') {
    const replaced = replacedTable(rows);
    await clickhouse.all.command(
      `INSERT INTO superseded_messages SELECT session_id, key, content_hash FROM ${replaced}
       WHERE (key, content_hash) GLOBAL NOT IN (
         SELECT key, content_hash FROM superseded_messages WHERE session_id GLOBAL IN (SELECT session_id FROM ${replaced}))`,
    );
  }
  // On one server the stage's parts are linked into the table: no row is written twice.
  if (others.length === 0) await first.command(`ALTER TABLE ${raw.name} ATTACH PARTITION tuple() FROM ${rows}`);
  else await clickhouse.all.command(`INSERT INTO ${raw.name} SELECT * FROM ${rows}`);
  if (raw.types.has('key')) await deleteReplaced(clickhouse, raw, rows);
}

async function deleteReplaced(clickhouse: ClickHouse, raw: RawTable, rows: string): Promise<void> {
  const replaced = replacedTable(rows);
  const [any] = await clickhouse.all.query(`SELECT 1 AS one FROM ${replaced} LIMIT 1`);
  if (!any) return;
  // On a shard of its own the list of replaced versions is its share of superseded_messages.
  const list = raw.name === 'messages' && clickhouse.shards.length > 1 ? 'superseded_messages' : replaced;
  for (const shard of clickhouse.shards) {
    await shard.command(
      `DELETE FROM ${raw.name} WHERE key IN (SELECT key FROM ${list}) AND (session_id, key, content_hash) IN (SELECT session_id, key, content_hash FROM ${list})`,
      { settings: { lightweight_deletes_sync: 2 } },
    );
  }
}

/** Takes out what one import part added. */
export async function removeRows(clickhouse: ClickHouse, raw: RawTable, partId: number): Promise<void> {
  for (const shard of clickhouse.shards) {
    await shard.command(`ALTER TABLE ${raw.name} DELETE WHERE import_id = ${partId}`, {
      settings: { mutations_sync: 2 },
    });
  }
}
