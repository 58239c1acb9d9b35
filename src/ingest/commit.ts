import type { ClickHouse } from '../platform/clickhouse.ts';
import { onEveryReplica } from '../platform/inStep.ts';
import type { RawTable } from './rawTable.ts';
import { firstShard, replacedTable } from './settle.ts';

/** Adds settled rows to the raw table and takes out the older versions of messages that they replace. */
export async function commitRows(
  clickhouse: ClickHouse,
  { raw, rows, replaced }: { raw: RawTable; rows: string; replaced: number },
): Promise<void> {
  const add = async (): Promise<void> => {
    // On one server the stage's parts are linked into the table: no row is written twice.
    if (clickhouse.cluster === null)
      await firstShard(clickhouse).command(`ALTER TABLE ${raw.name} ATTACH PARTITION tuple() FROM ${rows}`);
    else await clickhouse.all.command(`INSERT INTO ${raw.name} SELECT * FROM ${rows}`);
  };
  if (replaced > 0) await replaceVersions(clickhouse, raw, rows, add);
  else await add();
}

/** Remembers the replaced versions first, so that after a crash `removeReplaced` can finish what was begun. */
export async function replaceVersions(
  clickhouse: ClickHouse,
  raw: RawTable,
  rows: string,
  add: () => Promise<void>,
): Promise<void> {
  const list = replacedTable(rows);
  await clickhouse.all.command(
    `INSERT INTO superseded_messages SELECT session_id, key, content_hash FROM ${list}
     WHERE (key, content_hash) GLOBAL NOT IN (
       SELECT key, content_hash FROM superseded_messages WHERE session_id GLOBAL IN (SELECT session_id FROM ${list}))`,
  );
  await add();
  await removeReplaced(clickhouse, raw, list);
}

const versionsAtOnce = 5000;

/** Replicas refuse a condition that asks another table, unless they are told that it is the same on each. */
const deletes = { lightweight_deletes_sync: 2, allow_nondeterministic_mutations: 1 } as const;

async function removeReplaced(clickhouse: ClickHouse, raw: RawTable, list: string): Promise<void> {
  const first = firstShard(clickhouse);
  if (clickhouse.cluster === null) {
    const versions = `(SELECT key, content_hash FROM ${list})`;
    await first.command(
      `DELETE FROM ${raw.name} WHERE key IN (SELECT key FROM ${list}) AND (key, content_hash) IN ${versions}`,
      { settings: deletes },
    );
    return;
  }
  // The list is on the first server only: neither another shard nor a replica of this one can read it.
  const versions = await first.query<{ key: string; content_hash: string }>(`SELECT key, content_hash FROM ${list}`);
  for (let at = 0; at < versions.length; at += versionsAtOnce) {
    const some = versions.slice(at, at + versionsAtOnce).map(({ key, content_hash }) => `(${key}, ${content_hash})`);
    for (const shard of clickhouse.shards) {
      await shard.command(`DELETE FROM ${raw.name} WHERE (key, content_hash) IN (${some.join(', ')})`, {
        settings: deletes,
      });
    }
  }
}

/**
 * Takes out versions that were replaced and, because of a crash in between, are still there. Where what was to replace one did not come,
 * or was taken back, the last one stays.
 */
export async function finishReplacing(clickhouse: ClickHouse): Promise<void> {
  await onEveryReplica(clickhouse, 'superseded_messages');
  for (const [table, session] of [
    ['messages', 'session_id'],
    ['uncut_messages', "''"],
  ] as const) {
    for (const shard of clickhouse.shards) {
      const listed = `(${session}, key, content_hash) IN (SELECT session_id, key, content_hash FROM superseded_messages)`;
      const concerned = 'session_id IN (SELECT session_id FROM superseded_messages)';
      const replaced = `${listed} AND ${concerned} AND key IN (SELECT key FROM ${table} WHERE NOT (${listed}) AND ${concerned})`;
      const left = await shard.query(`SELECT 1 AS one FROM ${table} WHERE ${replaced} LIMIT 1`);
      if (left.length === 0) continue;
      await shard.command(`DELETE FROM ${table} WHERE ${replaced}`, { settings: deletes });
    }
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
