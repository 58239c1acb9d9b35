import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { noteStores } from './storeKinds.ts';
import { openStores } from './stores.ts';
import { builtServer } from './testing.ts';

const dirs: string[] = [];
const newDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'heng-stores-'));
  dirs.push(dir);
  return dir;
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});
const env = {};

test('a command attaches to the engines of the server that holds the directory, a second server is refused by name', async () => {
  const dataDir = newDir();
  const server = await openStores({ dataDir, env, command: 'heng start', exclusive: true });
  try {
    expect(server.owner).toBe(true);
    await server.postgres.query("CREATE TABLE note AS SELECT 'kept' AS text");

    const command = await openStores({ dataDir, env, command: 'heng metrics' });
    expect(command.owner).toBe(false);
    expect((await command.postgres.query('SELECT text FROM note')).rows).toEqual([{ text: 'kept' }]);
    expect(await command.clickhouse.all.query('SELECT currentDatabase() AS name')).toEqual([{ name: 'heng' }]);
    await command.close();

    await expect(openStores({ dataDir, env, command: 'heng start', exclusive: true })).rejects.toMatchObject({
      code: 'dataDir.held',
      params: { pid: process.pid, command: 'heng start', dir: dataDir },
    });
    expect(statSync(join(dataDir, 'engines.json')).mode & 0o777).toBe(0o600);
  } finally {
    await server.close();
  }
  expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  expect(existsSync(join(dataDir, 'engines.json'))).toBe(false);
  expect(processesOf(dataDir)).toEqual([]);
  expect(JSON.parse(readFileSync(join(dataDir, 'stores.json'), 'utf8'))).toEqual({
    DATABASE_URL: 'embedded',
    CLICKHOUSE_URL: 'embedded',
  });
});

test('an installation on servers is not opened without them, as an empty one, nor one with engines of its own with servers', async () => {
  const dataDir = newDir();
  const url = 'postgres://heng@127.0.0.1:1/heng';
  // As a node on servers leaves it.
  noteStores(dataDir, { DATABASE_URL: url, CLICKHOUSE_URL: 'http://127.0.0.1:1' });
  await expect(openStores({ dataDir, env })).rejects.toMatchObject({
    code: 'dataDir.usesServers',
    params: { names: 'DATABASE_URL, CLICKHOUSE_URL' },
  });
  await expect(openStores({ dataDir, env: { DATABASE_URL: url } })).rejects.toMatchObject({
    params: { names: 'CLICKHOUSE_URL' },
  });
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  noteStores(dataDir, env);
  await expect(openStores({ dataDir, env: { DATABASE_URL: url } })).rejects.toMatchObject({
    code: 'dataDir.usesEmbedded',
    params: { names: 'DATABASE_URL' },
  });
});

test('what was stored is there after a stop and a start, and no migration runs twice', async () => {
  const dataDir = newDir();
  const applied = 'SELECT count() AS count FROM schema_migrations';
  const first = await openStores({ dataDir, env });
  await first.postgres.query("CREATE TABLE note AS SELECT 'kept' AS text");
  await first.clickhouse.all.command('CREATE TABLE note (text String) ENGINE = MergeTree ORDER BY text');
  await first.clickhouse.all.insert('INSERT INTO note FORMAT JSONEachRow', '{"text":"kept"}');
  const before = await first.clickhouse.all.query(applied);
  await first.close();

  const second = await openStores({ dataDir, env });
  expect((await second.postgres.query('SELECT text FROM note')).rows).toEqual([{ text: 'kept' }]);
  expect(await second.clickhouse.all.query('SELECT text FROM note')).toEqual([{ text: 'kept' }]);
  expect(await second.clickhouse.all.query(applied)).toEqual(before);
  await second.close();
});

test('a server killed with its whole process group leaves no orphan and loses no acknowledged row', async () => {
  const dataDir = newDir();
  const server = await startWriter(dataDir, { detached: true });
  process.kill(-(server.pid ?? 0), 'SIGKILL');
  await allGone(dataDir);
  await everyAcknowledgedRowIsThere(dataDir);
});

test('a server killed alone takes its engines with it, and the next one takes over its lock', async () => {
  const dataDir = newDir();
  const server = await startWriter(dataDir, { detached: false });
  server.kill('SIGKILL');
  await allGone(dataDir);
  expect(existsSync(join(dataDir, 'lock.json'))).toBe(true);
  await everyAcknowledgedRowIsThere(dataDir);
});

/** A process of its own that writes to both stores without pause and notes how far both acknowledged. */
async function startWriter(dataDir: string, options: { detached: boolean }): Promise<ChildProcess> {
  const dist = await builtServer();
  const noted = join(dataDir, 'acknowledged');
  const script = `
    import { openStores } from ${JSON.stringify(join(dist, 'platform/stores.js'))};
    import { renameSync, writeFileSync } from 'node:fs';
    const stores = await openStores({ dataDir: ${JSON.stringify(dataDir)}, env: {}, command: 'heng start' });
    await stores.clickhouse.all.command('CREATE TABLE note (n UInt64) ENGINE = MergeTree ORDER BY n');
    await stores.postgres.query('CREATE TABLE note (n bigint)');
    for (let n = 0; ; n += 1) {
      await stores.clickhouse.all.insert('INSERT INTO note FORMAT JSONEachRow', JSON.stringify({ n }));
      await stores.postgres.query('INSERT INTO note VALUES ($1)', [n]);
      writeFileSync('${noted}.new', String(n + 1));
      renameSync('${noted}.new', '${noted}');
    }`;
  const file = join(dataDir, 'writer.mjs');
  writeFileSync(file, script);
  const writer = spawn(process.execPath, [file], { stdio: 'inherit', detached: options.detached });
  while (!(existsSync(noted) && Number(readFileSync(noted, 'utf8')) > 50)) {
    if (writer.exitCode !== null) throw new Error('the writer ended');
    await sleep(10);
  }
  return writer;
}

async function everyAcknowledgedRowIsThere(dataDir: string): Promise<void> {
  const acknowledged = Number(readFileSync(join(dataDir, 'acknowledged'), 'utf8'));
  const stores = await openStores({ dataDir, env });
  try {
    expect(stores.owner).toBe(true);
    const sql = `SELECT count(DISTINCT n) AS count FROM note WHERE n < ${acknowledged}`;
    expect(await stores.clickhouse.all.query(sql)).toEqual([{ count: String(acknowledged) }]);
    expect((await stores.postgres.query(sql)).rows).toEqual([{ count: String(acknowledged) }]);
  } finally {
    await stores.close();
  }
}

function processesOf(dataDir: string): string[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line.includes(dataDir) && !line.includes('writer.mjs'));
}

async function allGone(dataDir: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (processesOf(dataDir).length > 0 && Date.now() < deadline) await sleep(10);
  expect(processesOf(dataDir)).toEqual([]);
}
