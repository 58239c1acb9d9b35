import { z } from 'zod';
import type { ClickHouseConnection, ClickHouseTables } from './clickhouse.ts';
import { everywherePath } from './clickhouseLayout.ts';

const named = z.object({ name: z.string() });

/**
 * Waits until of every table the servers that are asked have what any replica has: of what another server took in, of a table that all
 * shards share, or since the order of the replicas was changed, a part may still be on its way.
 */
export async function inStep({ shards }: Pick<ClickHouseTables, 'shards'>): Promise<void> {
  await Promise.all(
    shards.map(async (shard) => {
      if (shard.replicas.length === 0) return;
      const tables = await shard.query(
        `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE 'Replicated%'`,
        { rows: named },
      );
      await Promise.all(tables.map(({ name }) => sync(shard, name)));
    }),
  );
}

/** Waits until every server, also those that nobody asks, has all of a table: what changes rows by it runs on each by itself. */
export async function onEveryReplica({ shards }: Pick<ClickHouseTables, 'shards'>, table: string): Promise<void> {
  await Promise.all(shards.flatMap(({ replicas }) => replicas.map((replica) => sync(replica, table))));
}

/** Without waiting for merges: they change no answer. */
const sync = (server: ClickHouseConnection, table: string): Promise<void> =>
  server.command(`SYSTEM SYNC REPLICA ${table} LIGHTWEIGHT`);

/** The tables that all shards share. */
export async function keptEverywhere(shard: ClickHouseConnection): Promise<string[]> {
  const tables = await shard.query(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND position(engine_full, {path:String}) > 0`,
    { params: { path: everywherePath }, rows: named },
  );
  return tables.map(({ name }) => name);
}
