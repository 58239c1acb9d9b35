import { join } from 'node:path';
import type { ClickHouseEndpoint } from './clickhouse.ts';
import type { Layout } from './clickhouseLayout.ts';
import { createDatabase } from './copies.ts';
import {
  type EmbeddedClickHouse,
  type EmbeddedClickHouseOptions,
  freePort,
  startClickHouse,
} from './embeddedClickhouse.ts';
import { type ConnectedClickHouse, connected } from './externalClickhouse.ts';
import { migrateClickHouse } from './migrateClickhouse.ts';

export const shardCluster = 'heng';
export const shardClusterEverywhere = 'heng_everywhere';

/** What is said of each shard; each has a folder of its own in `dir`. */
interface ShardsOptions extends Omit<EmbeddedClickHouseOptions, 'cluster'> {
  readonly count: number;
}

/** Child servers that know each other as the shards of a cluster. For tests and measurements: nothing replicates. */
export async function startShards({ dir, count, ...common }: ShardsOptions): Promise<EmbeddedClickHouse[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  const secret = 'between the shards of a test';
  const clusters = [
    { name: shardCluster, secret, shards: ports.map((port) => [port]) },
    { name: shardClusterEverywhere, secret, shards: [ports] },
  ];
  return Promise.all(
    ports.map((tcpPort, index) =>
      startClickHouse({ ...common, dir: join(dir, `shard${index + 1}`), cluster: { tcpPort, clusters } }),
    ),
  );
}

/** Fresh, migrated databases on them: `local` on each shard, `local`_all over all of them. */
export async function connectShards(
  endpoints: readonly ClickHouseEndpoint[],
  local: string,
): Promise<ConnectedClickHouse> {
  const all = `${local}_all`;
  const layout: Layout = { kind: 'shards', cluster: shardCluster, everywhere: shardClusterEverywhere, local, all };
  const sources = endpoints.map((endpoint) => () => endpoint);
  for (const source of sources) for (const database of [local, all]) await createDatabase(source, database);
  const made = connected({ layout, local, all, servers: sources, shards: sources });
  await Promise.all(made.servers.map((server) => migrateClickHouse(server, layout)));
  return made;
}
