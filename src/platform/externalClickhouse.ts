import { z } from 'zod';
import { type ClickHouse, type ClickHouseEndpoint, connectClickHouse, type EndpointSource } from './clickhouse.ts';
import type { Layout } from './clickhouseLayout.ts';
import { connectTables, copiesOf, createDatabase, type Place } from './copies.ts';
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
export async function singleClickHouse(
  endpoint: EndpointSource,
  database = 'heng',
  upTo?: number,
): Promise<ConnectedClickHouse> {
  await createDatabase(endpoint, database);
  return connected({ layout: single, local: database, all: database, servers: [endpoint], shards: [endpoint] }, upTo);
}

/** The tables of an installation, what the migrator runs on, and the copies that are made of them. */
export function connected(place: Place, upTo?: number): ConnectedClickHouse {
  const { tables, servers } = connectTables(place);
  return { clickhouse: { ...tables, copies: copiesOf(place, upTo) }, layout: place.layout, servers };
}

/** CLICKHOUSE_URL, and the shards of CLICKHOUSE_CLUSTER where that is set. */
export async function externalClickHouse(env: NodeJS.ProcessEnv, upTo?: number): Promise<ConnectedClickHouse> {
  const text = env.CLICKHOUSE_URL;
  if (text === undefined || !URL.canParse(text)) throw new BadInput('config.clickhouseUrl');
  const given = new URL(text);
  const endpoint = endpointOf(given, env);
  const cluster = env.CLICKHOUSE_CLUSTER;
  if (!cluster) return singleClickHouse(() => endpoint, given.pathname.slice(1) || 'heng', upTo);
  if (!/^\w+$/.test(cluster)) throw new BadInput('config.clickhouseCluster', { value: cluster });

  const local = given.pathname.slice(1) || 'heng';
  const all = `${local}_all`;
  for (const database of [local, all]) await createDatabase(() => endpoint, database, ` ON CLUSTER '${cluster}'`);
  const hosts = await connectClickHouse(() => endpoint, 'default').query(
    'SELECT host_name, shard_num FROM system.clusters WHERE cluster = {cluster:String} ORDER BY shard_num, replica_num',
    { params: { cluster }, rows: z.object({ host_name: z.string(), shard_num: z.number() }) },
  );
  const servers = new Map<number, EndpointSource[]>();
  for (const { host_name, shard_num } of hosts) {
    const url = new URL(given);
    url.hostname = host_name;
    const server = endpointOf(url, env);
    servers.set(shard_num, [...(servers.get(shard_num) ?? []), () => server]);
  }
  const shards = [...servers.values()].flatMap(([first]) => first ?? []);
  const replicas = [...servers.values()].map(([, ...others]) => others);
  const layout: Layout = { kind: 'replicated', cluster, local, all };
  const [first] = shards;
  if (!first) throw new BadInput('config.clickhouseCluster', { value: cluster });
  // Whichever server the address leads to, perhaps each time another: an import's own tables are on the first one, and so are questions.
  return connected({ layout, local, all, servers: [first], shards, replicas }, upTo);
}

function endpointOf(url: URL, env: NodeJS.ProcessEnv): ClickHouseEndpoint {
  return {
    url: url.origin,
    username: decodeURIComponent(url.username) || (env.CLICKHOUSE_USER ?? 'default'),
    password: decodeURIComponent(url.password) || (env.CLICKHOUSE_PASSWORD ?? ''),
  };
}
