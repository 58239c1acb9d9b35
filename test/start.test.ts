import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { generateDemo } from '../src/demo/generateDemo.ts';
import { roles } from '../src/people/actor.ts';
import { openStores } from '../src/platform/stores.ts';
import { askRun } from '../src/platform/testEngines.ts';
import { builtServer } from '../src/platform/testing.ts';
import { copyOf, type ShownCompany } from './company.ts';
import { addressOf, startHeng, until } from './startHeng.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'heng-start-'));
const running = new Set<ChildProcess>();

/** `heng start`, on the common directory unless another is given. */
function start(args: string[], data = dataDir) {
  const heng = startHeng(data, ...args);
  running.add(heng.child);
  heng.child.once('exit', () => running.delete(heng.child));
  return heng;
}

beforeAll(builtServer);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 500));
  rmSync(dataDir, { recursive: true, force: true });
});

it('starts empty, lets the first administrator in, names itself to a second start, and stops without dropping a request', async () => {
  const first = start(['--port', '0', '--empty']);
  const url = await addressOf(first);
  const token = /\/setup\?token=(\S+)/.exec(first.output.out)?.[1] ?? '';
  const headers = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ token, email: 'first@example.com', name: '管理员', password: 'a long password' });
  const setUp = await fetch(`${url}/api/setup`, { method: 'POST', headers, body });
  expect(setUp.status).toBe(204);
  const cookie = setUp.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  expect(await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()).toMatchObject({
    role: 'administrator',
    demo: false,
  });
  expect(statSync(join(dataDir, 'secret')).mode & 0o077).toBe(0);
  expect(readFileSync(join(dataDir, 'heng.log'), 'utf8')).not.toContain('first@example.com');

  const second = start(['--port', '0']);
  expect(await second.exited).toBe(1);
  expect(second.output.err).toContain(`进程 ${first.child.pid}（heng start`);

  // A request that is half sent when the signal comes is answered; a new connection is not taken.
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk));
  const look = JSON.stringify({ token: 'x'.repeat(100) });
  socket.write(
    `POST /api/setup/look HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${look.length}\r\n\r\n${look.slice(0, 9)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  first.child.kill('SIGTERM');
  await until(async () =>
    fetch(`${url}/healthz`).then(
      () => false,
      () => true,
    ),
  );
  socket.write(look.slice(9));
  expect(await first.exited).toBe(0);
  expect(answer).toContain('404');
  expect(answer).toContain('link.void');

  const again = start(['--port', '0']);
  const newUrl = await addressOf(again);
  expect(again.output.out).not.toContain('/setup?token=');
  expect(await (await fetch(`${newUrl}/api/me`, { headers: { cookie } })).json()).toMatchObject({
    email: 'first@example.com',
  });
  again.child.kill('SIGTERM');
  expect(await again.exited).toBe(0);
});

it('shows the made-up company on an untouched directory, whole even when its load was interrupted', async () => {
  const company = await askRun<ShownCompany>(inject('hengCompany'), 'company');
  expect([company.interrupted, company.stopped]).toEqual([1, 0]);
  const accounts = [...company.printed.matchAll(/(\w+)@demo\.example\s+(\S+)/g)].map(([, role, password]) => ({
    role,
    password,
  }));
  expect(accounts.map(({ role }) => role)).toEqual([...roles]);
  const demoDir = await copyOf(company.dataDir);
  try {
    const shown = start(['--port', '0'], demoDir);
    const url = await addressOf(shown);
    for (const { role, password } of accounts) {
      const headers = { 'content-type': 'application/json', origin: url };
      const body = JSON.stringify({ email: `${role}@demo.example`, password });
      const signIn = await fetch(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, body });
      const cookie = signIn.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; ');
      expect(await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()).toMatchObject({ role, demo: true });
    }
    // The very rows that the generator writes for this seed and day: none lost by the interruption, none twice.
    const attached = await openStores({ dataDir: demoDir, env: {} });
    const company = await attached.postgres.query<{ value: { seed: number; until: string } }>(
      `SELECT value FROM settings WHERE name = 'demo'`,
    );
    const { seed, until: lastDay } = company.rows[0]?.value ?? { seed: 0, until: '' };
    const made = { sessions: 0, tickets: 0, messages: 0 };
    for (const { kind } of generateDemo({ seed, until: lastDay, agents: 60, months: 3 })) {
      if (kind === 'sessions' || kind === 'tickets' || kind === 'messages') made[kind]++;
    }
    for (const [table, rows] of Object.entries(made)) {
      const [counted] = await attached.clickhouse.all.query<{ rows: string }>(`SELECT count() AS rows FROM ${table}`);
      expect([table, Number(counted?.rows)]).toEqual([table, rows]);
    }
    const [facts] = await attached.clickhouse.all.query<{ rows: string }>(
      `SELECT uniqExact(session_id) AS rows FROM session_facts`,
    );
    expect(Number(facts?.rows)).toBe(made.sessions);
    await attached.close();
    shown.child.kill('SIGTERM');
    expect(await shown.exited).toBe(0);

    const empty = start(['--empty'], demoDir);
    expect(await empty.exited).toBe(1);
    expect(empty.output.err).toContain('示例公司');
  } finally {
    rmSync(demoDir, { recursive: true, force: true });
  }
});

it.each([
  [['--port', '70000'], '端口 70000 无效'],
  [['--host', '203.0.113.9', '--port', '0', '--empty'], '无法在 203.0.113.9 上监听'],
])('is refused with a reason: %s', async (args, reason) => {
  const { output, exited } = start(args);
  expect([1, 2]).toContain(await exited);
  expect(output.err).toContain(reason);
});
