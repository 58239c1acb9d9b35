import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClickHouseConnection, connectClickHouse } from './clickhouse.ts';
import { type EmbeddedClickHouse, startClickHouse } from './embeddedClickhouse.ts';
import { Unavailable } from './errors.ts';
import { silentLog } from './log.ts';

let dir: string;
let engine: EmbeddedClickHouse;
let connection: ClickHouseConnection;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'heng-clickhouse-'));
  engine = await startClickHouse({
    dir,
    log: silentLog,
    memoryBytes: 1024 ** 3,
    probe: { everyMs: 100, timeoutMs: 1_000 },
  });
  connection = connectClickHouse(() => engine.endpoint(), 'default');
  await connection.command('CREATE TABLE note (n UInt64) ENGINE = MergeTree ORDER BY n');
  await connection.insert('INSERT INTO note FORMAT JSONEachRow', '{"n":1}');
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const kill = (signal: NodeJS.Signals): number => {
  const { pid } = engine;
  if (pid === undefined) throw new Error('not running');
  process.kill(pid, signal);
  return pid;
};

/** Queries until one is answered; everything before must have failed as `Unavailable`. */
async function untilAnswered(): Promise<{ refusals: unknown[] }> {
  const refusals: unknown[] = [];
  for (;;) {
    try {
      await connection.query('SELECT n FROM note', { signal: AbortSignal.timeout(2_000) });
      return { refusals };
    } catch (error) {
      refusals.push(error);
    }
    await sleep(5);
  }
}

test('a dead engine is started again with its rows; callers meanwhile get Unavailable with a time to wait', async () => {
  const before = kill('SIGKILL');
  await sleep(30);
  const { refusals } = await untilAnswered();
  expect(engine.pid).not.toBe(before);
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(Unavailable);
  expect(await connection.query('SELECT n FROM note')).toEqual([{ n: '1' }]);
});

test('an engine that lives but does not answer is replaced', async () => {
  const before = kill('SIGSTOP');
  const deadline = Date.now() + 30_000;
  while (engine.pid === before && Date.now() < deadline) await sleep(50);
  await untilAnswered();
  expect(engine.pid).not.toBe(before);
});

test('who does not know the secret gets nothing, and nothing of the password', async () => {
  const { url, headers, username, password } = engine.endpoint();
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const ask = (given: Record<string, string>) => fetch(url, { method: 'POST', body: 'SELECT 1', headers: given });
  expect((await ask({ authorization: basic })).status).toBe(404);
  expect((await ask({ authorization: basic, 'X-Heng-Key': 'guess' })).status).toBe(404);
  expect((await ask({ authorization: basic, ...headers })).status).toBe(200);
});

test('the built-in user may read and change nothing', async () => {
  const { url, headers } = engine.endpoint();
  for (const sql of ['SELECT * FROM note', 'CREATE TABLE x (n UInt8) ENGINE = Log', 'SHOW CREATE TABLE note']) {
    const answer = await fetch(url, { method: 'POST', body: sql, headers: { ...headers } });
    expect(await answer.text(), sql).toContain('ACCESS_DENIED');
  }
});

test('its files are for their owner alone', () => {
  for (const file of ['config.xml', 'users.xml', 'clickhouse.log']) {
    expect(statSync(join(dir, file)).mode & 0o077, file).toBe(0);
  }
  expect(statSync(join(dir, 'data')).mode & 0o077).toBe(0);
  expect(readFileSync(join(dir, 'users.xml'), 'utf8')).not.toContain(engine.endpoint().password);
});

test('nothing a failing statement or a row it cannot read says reaches the log', async () => {
  await expect(connection.query("SELECT throwIf(1, '13800138000')")).rejects.toThrow();
  await expect(connection.query('SELECT 13800138000 FROM nowhere')).rejects.toThrow();
  await expect(
    connection.insert('INSERT INTO note FORMAT JSONEachRow', '{"n":"13800138000 is no number"}\n'),
  ).rejects.toThrow();
  expect(readFileSync(join(dir, 'clickhouse.log'), 'utf8')).not.toContain('13800138000');
});
