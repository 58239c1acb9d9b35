import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type ClickHouseEndpoint, connectClickHouse } from './clickhouse.ts';
import type { PostgresEndpoint } from './embeddedPostgres.ts';
import { connectShards } from './embeddedShards.ts';
import { singleClickHouse } from './externalClickhouse.ts';
import { migrateClickHouse } from './migrateClickhouse.ts';
import type { Stores } from './stores.ts';
import { askRun, templateDatabase } from './testEngines.ts';

export interface TestStores extends Stores {
  close(): Promise<void>;
}

/** Fresh, migrated databases on real embedded engines, which all test files of a run share. */
export async function startTestStores(): Promise<TestStores> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const [endpoint, postgres] = await Promise.all([ask<ClickHouseEndpoint>('clickhouse'), testPostgres(name)]);
  const { clickhouse, layout, servers } = await singleClickHouse(() => endpoint, name);
  for (const server of servers) await migrateClickHouse(server, layout);
  return assemble(clickhouse, postgres, () => dropDatabases(endpoint, name));
}

/** The same on two shards of real child servers: `clickhouse.all` spreads and gathers, `clickhouse.shards` are the two. */
export async function startTestCluster(): Promise<TestStores> {
  const local = `t_${randomBytes(6).toString('hex')}`;
  const [endpoints, postgres] = await Promise.all([ask<ClickHouseEndpoint[]>('shards'), testPostgres(local)]);
  const { clickhouse } = await connectShards(endpoints, local);
  return assemble(clickhouse, postgres, async () => {
    for (const endpoint of endpoints) await dropDatabases(endpoint, local);
  });
}

/** A database of a test, and those whose names begin with its name: of the whole, and copies. */
async function dropDatabases(endpoint: ClickHouseEndpoint, name: string): Promise<void> {
  const server = connectClickHouse(() => endpoint, 'default');
  const databases = await server.query<{ name: string }>(
    'SELECT name FROM system.databases WHERE startsWith(name, {name:String}) ORDER BY name DESC',
    { params: { name } },
  );
  for (const database of databases) await server.command(`DROP DATABASE IF EXISTS ${database.name} SYNC`);
}

/** The folder of the compiled server, built once per run: for tests that start it as a process of its own. */
export function builtServer(): Promise<string> {
  return ask<string>('dist');
}

function assemble(clickhouse: Stores['clickhouse'], postgres: pg.Pool, drop: () => Promise<void>): TestStores {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-test-data-'));
  return {
    clickhouse,
    postgres,
    dataDir,
    async close() {
      await postgres.end();
      await drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function testPostgres(name: string): Promise<pg.Pool> {
  const endpoint = await ask<PostgresEndpoint>('postgres');
  const admin = new pg.Client(endpoint);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`);
  await admin.end();
  const pool = new pg.Pool({ ...endpoint, database: name, max: 10 });
  pool.on('error', () => undefined);
  // As `openPool` has it: a connection that a test breaks is not to end the run.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function ask<Answer>(what: 'clickhouse' | 'postgres' | 'shards' | 'dist'): Promise<Answer> {
  return askRun<Answer>(inject('hengEngines'), what);
}
