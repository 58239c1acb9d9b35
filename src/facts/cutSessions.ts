import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { rejoinMs } from './rejoin.ts';
import { takeOut } from './takeOut.ts';

const messageColumns =
  'at, seq, sender, message_id, content_hash, key, customer_id, sender_id, auto, kind, text, attributes, import_id, line';

/** Same expression wherever the order of messages counts. */
const inOrder = 'PARTITION BY customer_id ORDER BY at, seq, sender, message_id, content_hash';

/**
 * Cuts the messages of customers into sessions where the source has none: a pause of ten minutes or more starts a new session, unless
 * an agent answers a customer who was still waiting. A session is named after its customer and first instant, so the same messages
 * always give the same sessions, in whatever order they came.
 */
const cutSql = (database: string) => `
SELECT
  concat(customer_id, '~', toString(toUnixTimestamp64Milli(min(at) OVER (PARTITION BY customer_id, number)))) AS session_id,
  ${messageColumns}
FROM (
  SELECT *, sum(starts) OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
  FROM (
    SELECT *,
      row_number() OVER (${inOrder}) = 1 OR (
        toUnixTimestamp64Milli(at) - toUnixTimestamp64Milli(lagInFrame(at) OVER (${inOrder})) >= ${rejoinMs}
        AND (sender = 'customer'
          OR coalesce(last_value(multiIf(kind >= 'note', NULL, sender = 'customer', 1, sender = 'agent' AND NOT auto, 0, NULL))
            OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) = 0)
      ) AS starts
    FROM ${database}.uncut_messages
    WHERE customer_id GLOBAL IN (SELECT id FROM cut_customers)
  )
)`;

/** Sessions that Heng cut itself; ids of a source do not begin with the customer's. `GLOBAL`: of all shards, asked from the first. */
const isCutBy = (among: 'IN' | 'GLOBAL IN') =>
  `startsWith(session_id, concat(customer_id, '~')) AND customer_id ${among} (SELECT id FROM cut_customers)`;
const isCut = isCutBy('GLOBAL IN');

/** Takes out the messages that are in another session now, or in none. */
async function removeMoved(shard: ClickHouseConnection, hasReplicas: boolean): Promise<void> {
  const isMoved = `${isCutBy('IN')} AND (session_id, key) NOT IN (SELECT session_id, key FROM cut_messages)`;
  if (!hasReplicas) {
    await shard.command(`DELETE FROM messages WHERE ${isMoved}`, { settings: { lightweight_deletes_sync: 2 } });
    return;
  }
  // What is cut lies in the memory of one server: its replicas are told which messages.
  const moved = await shard.query<{ session_id: string; key: string }>(
    `SELECT DISTINCT session_id, key FROM messages WHERE ${isMoved}`,
  );
  await takeOut(
    shard,
    { table: 'messages', columns: ['session_id', 'key'], where: '1' },
    moved.map(({ session_id, key }) => [session_id, key]),
  );
}

/**
 * Brings the messages of the customers whom these imports touched into sessions, and names every session that gained or lost a message
 * in recut_sessions. Repeating it after a crash at any point ends in the same rows.
 */
export async function cutSessions(clickhouse: ClickHouse, imports: readonly number[]): Promise<void> {
  const { all, shards } = clickhouse;
  const params = { imports, firstImport: Math.min(...imports), lastImport: Math.max(...imports) };
  const brought = `import_id >= {firstImport:UInt32} AND import_id IN (SELECT arrayJoin({imports:Array(UInt32)}))`;
  const any = await all.query(`SELECT 1 AS one FROM uncut_messages WHERE ${brought} LIMIT 1`, { params });
  if (any.length === 0) return;
  const servers = [...new Set([...shards, all])];
  for (const server of servers) {
    for (const table of ['cut_customers', 'cut_messages']) await server.command(`DROP TABLE IF EXISTS ${table} SYNC`);
    await server.command('CREATE TABLE cut_customers (id String) ENGINE = Memory');
    await server.command(
      `INSERT INTO cut_customers SELECT DISTINCT customer_id FROM ${all.database}.uncut_messages WHERE ${brought}`,
      { params },
    );
    await server.command(`CREATE TABLE cut_messages ENGINE = Memory AS ${cutSql(all.database)}`);
  }
  const changed = (rows: string, others: string) =>
    `SELECT DISTINCT session_id, {lastImport:UInt32} FROM (SELECT session_id, customer_id, key FROM ${rows}) AS moved
     WHERE ${isCut} AND (session_id, key) GLOBAL NOT IN (SELECT session_id, key FROM ${others})`;
  await all.command(`INSERT INTO recut_sessions ${changed('messages', 'cut_messages')}`, { params });
  await all.command(`INSERT INTO recut_sessions ${changed('cut_messages', 'messages')}`, { params });
  for (const shard of shards) await removeMoved(shard, clickhouse.cluster !== null);
  await all.command(
    `INSERT INTO messages (session_id, ${messageColumns})
     SELECT session_id, ${messageColumns} FROM cut_messages
     WHERE (session_id, key) GLOBAL NOT IN (SELECT session_id, key FROM messages WHERE ${isCut})`,
  );
  for (const server of servers)
    for (const table of ['cut_customers', 'cut_messages']) await server.command(`DROP TABLE IF EXISTS ${table} SYNC`);
}
