import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from './embeddedPostgres.ts';
import { silentLog } from './log.ts';

let dir: string;
let engine: EmbeddedPostgres;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'heng-postgres-'));
  engine = await startPostgres({ dir, log: silentLog });
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client(engine.endpoint);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a dead server is started again on the same socket, with every committed row', async () => {
  await ask('CREATE TABLE note AS SELECT 1 AS n');
  const { pid } = engine;
  if (pid === undefined) throw new Error('not running');
  process.kill(pid, 'SIGKILL');
  const deadline = Date.now() + 20_000;
  while ((engine.pid === undefined || engine.pid === pid) && Date.now() < deadline) await sleep(20);
  let rows: unknown[] | undefined;
  while (!rows && Date.now() < deadline) rows = await ask('SELECT n FROM note').catch(() => undefined);
  expect(rows).toEqual([{ n: 1 }]);
});

test('it listens on no network, keeps its files to its owner, and asks for the password', async () => {
  expect(await ask('SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  for (const file of ['data', 'password', 'postgres.log']) expect(statSync(join(dir, file)).mode & 0o077, file).toBe(0);
  const stranger = new pg.Client({ ...engine.endpoint, password: 'guess' });
  await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
});

test('a folder deeper than a socket path may be long still works', async () => {
  const deep = join(dir, 'x'.repeat(110));
  const other = await startPostgres({ dir: deep, log: silentLog });
  try {
    expect(other.endpoint.host.length).toBeLessThan(93);
    const client = new pg.Client(other.endpoint);
    await client.connect();
    await client.end();
  } finally {
    await other.close();
  }
});

test('nothing a failing statement says or quotes reaches the log', async () => {
  await ask("CREATE TABLE phone (number text PRIMARY KEY); INSERT INTO phone VALUES ('13800138000')");
  for (const sql of [
    "INSERT INTO phone VALUES ('13800138000')",
    "SELECT '13800138000'::date",
    'SELECT 13800138000/0',
  ]) {
    await expect(ask(sql)).rejects.toThrow();
  }
  expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).not.toContain('13800138000');
});
