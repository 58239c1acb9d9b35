import { z } from 'zod';
import { type ClickHouseTables, type Copies, connectClickHouse, type EndpointSource } from './clickhouse.ts';
import type { Layout } from './clickhouseLayout.ts';
import { BadInput } from './errors.ts';
import { inStep, keptEverywhere } from './inStep.ts';
import { migrateClickHouse, type Server } from './migrateClickhouse.ts';

/** Where the tables of an installation are: the two databases (one and the same on a single server) and the servers. */
export interface Place {
  readonly layout: Layout;
  readonly local: string;
  readonly all: string;
  /** Those on which the migrator runs; questions about the whole go to the first. */
  readonly servers: readonly EndpointSource[];
  /** One server of each shard. */
  readonly shards: readonly EndpointSource[];
  /** Of each shard the other servers that hold the same rows; nothing where nothing replicates. */
  readonly replicas?: readonly (readonly EndpointSource[])[];
}

export function connectTables(place: Place): { tables: ClickHouseTables; servers: Server[] } {
  const { layout, local, all } = place;
  const servers = place.servers.map((endpoint) => ({
    local: connectClickHouse(endpoint, local),
    all: connectClickHouse(endpoint, all),
  }));
  const [first] = servers;
  if (!first) throw new RangeError('no server');
  // On one server the whole is its only shard, and nobody has to ask twice.
  const shards =
    layout.kind === 'single'
      ? [first.all]
      : place.shards.map((endpoint, n) => connectClickHouse(endpoint, local, place.replicas?.[n]));
  return {
    tables: {
      all: first.all,
      shards,
      everywhere: layout.kind === 'replicated' ? shards.slice(0, 1) : shards,
      cluster: layout.kind === 'single' ? null : { name: layout.cluster, local, all },
    },
    servers,
  };
}

/** Copies of the tables of a place, each with its name behind the names of the databases. `upTo` as openStores has it. */
export function copiesOf(place: Place, upTo?: number): Copies {
  const prefix = nameOf(place.local, '');
  const migrate = async (name: string): Promise<void> => {
    const copy = placeOf(place, name);
    await createDatabases(copy);
    for (const server of connectTables(copy).servers) await migrateClickHouse(server, copy.layout, { upTo });
  };
  const create = async (name: string): Promise<void> => {
    await dropDatabases(placeOf(place, name));
    await migrate(name);
  };
  const attach = async (name: string, tables: readonly string[]): Promise<void> => {
    const copy = connectTables(placeOf(place, name)).tables;
    for (const shard of copy.shards) {
      const whole = copy.everywhere.includes(shard) ? [] : await keptEverywhere(shard);
      for (const table of tables)
        if (!whole.includes(table))
          await shard.command(`ALTER TABLE ${table} ATTACH PARTITION ALL FROM ${place.local}.${table}`);
    }
    await inStep(copy);
  };
  const names = async (): Promise<string[]> => {
    const databases = await connectTables(place).tables.all.query(
      'SELECT name FROM system.databases WHERE startsWith(name, {prefix:String}) ORDER BY name',
      { params: { prefix }, rows: z.object({ name: z.string() }) },
    );
    return databases.map(({ name }) => name.slice(prefix.length));
  };
  return {
    open: (name) => connectTables(placeOf(place, name)).tables,
    create,
    drop: (name) => dropDatabases(placeOf(place, name)),
    attach,
    names,
    async make(name, tables) {
      await create(name);
      await attach(name, tables);
    },
    async migrate() {
      for (const name of await names()) await migrate(name);
    },
  };
}

const nameOf = (database: string, copy: string): string => `${database}_copy_${copy}`;

function placeOf(place: Place, name: string): Place {
  const [local, all] = [nameOf(place.local, name), nameOf(place.all, name)];
  const { layout } = place;
  return { ...place, layout: layout.kind === 'single' ? layout : { ...layout, local, all }, local, all };
}

async function createDatabases({ layout, local, all, servers }: Place): Promise<void> {
  for (const endpoint of servers)
    for (const database of new Set([local, all])) await createDatabase(endpoint, database, onCluster(layout));
}

async function dropDatabases({ layout, local, all, servers }: Place): Promise<void> {
  for (const endpoint of servers) {
    for (const database of new Set([all, local]))
      await connectClickHouse(endpoint, 'default').command(
        `DROP DATABASE IF EXISTS ${checked(database)}${onCluster(layout)} SYNC`,
      );
  }
}

export async function createDatabase(endpoint: EndpointSource, database: string, cluster = ''): Promise<void> {
  await connectClickHouse(endpoint, 'default').command(`CREATE DATABASE IF NOT EXISTS ${checked(database)}${cluster}`);
}

const onCluster = (layout: Layout): string => (layout.kind === 'replicated' ? ` ON CLUSTER '${layout.cluster}'` : '');

function checked(database: string): string {
  if (!/^\w+$/.test(database)) throw new BadInput('config.clickhouseDatabase', { value: database });
  return database;
}
