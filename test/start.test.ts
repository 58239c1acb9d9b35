import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateDemo } from '../src/demo/generateDemo.ts';
import { roles } from '../src/people/actor.ts';
import { packageRoot } from '../src/platform/root.ts';
import { openStores } from '../src/platform/stores.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'heng-start-'));
// Nothing of the machine's own settings: no address, no engines elsewhere.
const env = { PATH: process.env.PATH, HOME: dataDir, LANG: 'zh_CN.UTF-8' };
const running = new Set<ChildProcess>();

/** `heng start`, on the common directory unless the arguments name another. */
function start(...args: string[]) {
  const data = args.includes('--data') ? [] : ['--data', dataDir];
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), 'start', ...data, ...args], {
    env,
  });
  running.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk));
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return { child, output, exited };
}

async function until<T>(look: () => T | undefined | false | null | Promise<T | undefined | false | null>): Promise<T> {
  const deadline = Date.now() + 110_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

beforeAll(() => {
  const build = spawnSync(process.execPath, ['tools/run.mjs', 'build', '--server', '--tolerant'], { cwd: packageRoot });
  if (build.status !== 0) throw new Error(String(build.stderr));
}, 120_000);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 500));
  rmSync(dataDir, { recursive: true, force: true });
});

it('starts empty, lets the first administrator in, names itself to a second start, and stops without dropping a request', async () => {
  const first = start('--port', '0', '--empty');
  const url = await until(() => /衡已就绪：(http:\S+)/.exec(first.output.out)?.[1]);
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

  const second = start('--port', '0');
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

  const again = start('--port', '0');
  const newUrl = await until(() => /衡已就绪：(http:\S+)/.exec(again.output.out)?.[1]);
  expect(again.output.out).not.toContain('/setup?token=');
  expect(await (await fetch(`${newUrl}/api/me`, { headers: { cookie } })).json()).toMatchObject({
    email: 'first@example.com',
  });
  again.child.kill('SIGTERM');
  expect(await again.exited).toBe(0);
});

it('shows the made-up company on an untouched directory, whole even when its load was interrupted', async () => {
  const demoDir = mkdtempSync(join(tmpdir(), 'heng-demo-'));
  try {
    const interrupted = start('--data', demoDir, '--port', '0');
    await until(() => interrupted.output.err.includes('导入…'));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    interrupted.child.kill('SIGTERM');
    expect(await interrupted.exited).toBe(1);

    const { output, child, exited } = start('--data', demoDir, '--port', '0');
    const url = await until(() => /衡已就绪：(http:\S+)/.exec(output.out)?.[1]);
    const accounts = [...output.out.matchAll(/(\w+)@demo\.example\s+(\S+)/g)].map(([, role, password]) => ({
      role,
      password,
    }));
    expect(accounts.map(({ role }) => role)).toEqual([...roles]);
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
    const attached = await openStores({ dataDir: demoDir, env });
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
    child.kill('SIGTERM');
    expect(await exited).toBe(0);

    const empty = start('--data', demoDir, '--empty');
    expect(await empty.exited).toBe(1);
    expect(empty.output.err).toContain('示例公司');
  } finally {
    rmSync(demoDir, { recursive: true, force: true });
  }
}, 240_000);

it.each([
  [['--port', '70000'], '端口 70000 无效'],
  [['--host', '203.0.113.9', '--port', '0', '--empty'], '无法在 203.0.113.9 上监听'],
])(
  'is refused with a reason: %s',
  async (args, reason) => {
    const { output, exited } = start(...args);
    expect([1, 2]).toContain(await exited);
    expect(output.err).toContain(reason);
  },
  300_000,
);
