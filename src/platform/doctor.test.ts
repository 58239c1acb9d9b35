import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, disk, examine, memory, node, permissions, versionOf } from './doctor.ts';
import { Unavailable } from './errors.ts';
import { startTestStores, type TestStores } from './testing.ts';

let stores: TestStores;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'heng-doctor-'));
  stores = await startTestStores();
});
afterAll(async () => {
  await stores.close();
  rmSync(dir, { recursive: true, force: true });
});

const surroundings = () => ({ dataDir: dir, env: {}, port: 0, now: Date.now, stores: async () => stores });

test('a healthy machine has nothing to do, and both engines answer with their version', async () => {
  const findings = await examine(surroundings());
  expect(findings.filter((finding) => finding.status === 'failed')).toEqual([]);
  expect(findings.find(({ id }) => id === 'postgres')?.found.en).toMatch(/^PostgreSQL 18/);
  expect(findings.find(({ id }) => id === 'clickhouse')?.found.en).toMatch(/^ClickHouse 26/);
});

test('engines that do not start are reported among everything else', async () => {
  const findings = await examine({
    ...surroundings(),
    stores: () => Promise.reject(new Unavailable('clickhouse.unreachable', 2)),
  });
  expect(findings.find(({ id }) => id === 'engines')).toMatchObject({ status: 'failed' });
  expect(findings.length).toBeGreaterThan(5);
});

test('a server that cannot be had is told with what to look at, in both languages and without the driver’s words', async () => {
  const { Pool } = (await import('pg')).default;
  const nobody = async (connectionString: string) => {
    const pool = new Pool({ connectionString });
    const findings = await examine({
      ...surroundings(),
      env: { DATABASE_URL: connectionString, CLICKHOUSE_URL: 'http://127.0.0.1:1' },
      stores: async () => {
        await pool.query('SELECT 1').finally(() => pool.end());
        return stores;
      },
    });
    return findings.find(({ id }) => id === 'engines');
  };
  for (const host of ['localhost', '127.0.0.1'])
    expect(await nobody(`postgres://x:y@${host}:1/x`)).toMatchObject({
      status: 'failed',
      found: { zh: expect.stringContaining('连不上'), en: expect.stringContaining('unreachable') },
      todo: {
        zh: expect.stringMatching(/DATABASE_URL、CLICKHOUSE_URL.*防火墙/),
        en: expect.stringContaining('firewall'),
      },
    });
});

test('an engine older than any that was tested, and a folder that cannot be written, fail', () => {
  const of = (version: string) => versionOf('postgres', { name: 'PostgreSQL', version, oldest: 15 });
  expect(of('14.9 (Debian)')).toMatchObject({ status: 'failed', todo: { zh: expect.stringContaining('15') } });
  expect(of('15.18 (Debian 15.18-0+deb12u1)')).toMatchObject({ status: 'ok', todo: null });
  expect(permissions(dir, false)).toMatchObject({ status: 'failed', todo: { zh: expect.stringContaining('chmod') } });
});

test('a port that another program has is named, with a way round it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const findings = await examine({ ...surroundings(), port });
  server.close();
  const found = findings.find(({ id }) => id === 'port');
  expect(found?.status).toBe('warning');
  expect(found?.found.zh).toContain(String(port));
});

test('every failure and warning says what to do, in both languages', () => {
  chmodSync(dir, 0o755);
  const findings = [node('18.20.0'), node('20.18.9'), memory(1e9), disk(dir, 1e8), disk(dir, 2e9), permissions(dir)];
  const clocks = [clock('PostgreSQL', 1_800_000_100, 1_800_000_000), clock('PostgreSQL', 100, 100)];
  chmodSync(dir, 0o700);
  const statuses = [...findings, ...clocks].map((finding) => finding.status);
  expect(statuses).toEqual(['failed', 'failed', 'warning', 'failed', 'warning', 'warning', 'failed', 'failed']);
  for (const { todo } of [...findings, ...clocks]) {
    expect(todo?.zh).toBeTruthy();
    expect(todo?.en).toBeTruthy();
  }
});

test('what is as it should be has no to-do', () => {
  const fine = [
    node('20.19.0'),
    node('24.1.0'),
    memory(4e9),
    disk(dir, 1e11),
    permissions(dir),
    clock('ClickHouse', 1.8e9, 1.8e9),
  ];
  for (const finding of fine) expect(finding).toMatchObject({ status: 'ok', todo: null });
});
