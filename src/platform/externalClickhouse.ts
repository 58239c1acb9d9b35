import { z } from 'zod';
import { type ClickHouse, type ClickHouseEndpoint, connectClickHouse, type EndpointSource } from './clickhouse.ts';
import type { Layout } from './clickhouseLayout.ts';
import { BadInput } from './errors.ts';
import type { Server } from './migrateClickhouse.ts';

export interface ConnectedClickHouse {
  readonly clickhouse: ClickHouse;
  readonly layout: Layout;
  /** The servers on which the migrator runs. */
  readonly servers: readonly Server[];
}

const single: Layout = { kind: 'single' };

/** One database on one server, created where missing. */
export async function singleClickHouse(endpoint: EndpointSource, database = 'heng'): Promise<ConnectedClickHouse> {
  await createDatabase(endpoint, database);
  const connection = connectClickHouse(endpoint, database);
  return {
    clickhouse: { all: connection, shards: [connection] },
    layout: single,
    servers: [{ local: connection, all: connection }],
  };
}

/** CLICKHOUSE_URL, and the shards of CLICKHOUSE_CLUSTER where that is set. */
export async function externalClickHouse(env: NodeJS.ProcessEnv): Promise<ConnectedClickHouse> {
  const text = env.CLICKHOUSE_URL;
  if (text === undefined || !URL.canParse(text)) throw new BadInput('config.clickhouseUrl');
  const given = new URL(text);
  const endpoint = endpointOf(given, env);
  const cluster = env.CLICKHOUSE_CLUSTER;
  if (!cluster) return singleClickHouse(() => endpoint, given.pathname.slice(1) || 'heng');
  if (!/^\w+$/.test(cluster)) throw new BadInput('config.clickhouseCluster', { value: cluster });

  const [local, all] = ['heng', 'heng_all'];
  for (const database of [local, all]) await createDatabase(() => endpoint, database, ` ON CLUSTER '${cluster}'`);
  const hosts = await connectClickHouse(() => endpoint, 'default').query(
    `SELECT host_name FROM system.clusters WHERE cluster = {cluster:String}
     ORDER BY shard_num, replica_num LIMIT 1 BY shard_num`,
    { params: { cluster }, rows: z.object({ host_name: z.string() }) },
  );
  if (hosts.length === 0) throw new BadInput('config.clickhouseCluster', { value: cluster });
  const shards = hosts.map(({ host_name }) => {
    const url = new URL(given);
    url.hostname = host_name;
    const shard = endpointOf(url, env);
    return connectClickHouse(() => shard, local);
  });
  const server = {
    local: connectClickHouse(() => endpoint, local),
    all: connectClickHouse(() => endpoint, all),
  };
  return {
    clickhouse: { all: server.all, shards },
    layout: { kind: 'replicated', cluster, local, all },
    servers: [server],
  };
}

export async function createDatabase(endpoint: EndpointSource, database: string, onCluster = ''): Promise<void> {
  if (!/^\w+$/.test(database)) throw new BadInput('config.clickhouseDatabase', { value: database });
  await connectClickHouse(endpoint, 'default').command(`CREATE DATABASE IF NOT EXISTS ${database}${onCluster}`);
}

function endpointOf(url: URL, env: NodeJS.ProcessEnv): ClickHouseEndpoint {
  return {
    url: url.origin,
    username: decodeURIComponent(url.username) || (env.CLICKHOUSE_USER ?? 'default'),
    password: decodeURIComponent(url.password) || (env.CLICKHOUSE_PASSWORD ?? ''),
  };
}
