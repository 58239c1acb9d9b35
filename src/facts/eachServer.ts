import type { ClickHouseConnection } from '../platform/clickhouse.ts';

/** Does something on every server at once: shards do not wait for one another, each works on what is its own. */
export async function eachServer(
  servers: readonly ClickHouseConnection[],
  work: (server: ClickHouseConnection) => Promise<unknown>,
): Promise<void> {
  await Promise.all(servers.map(work));
}
