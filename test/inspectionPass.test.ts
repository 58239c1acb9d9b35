import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { silentLog } from '../src/platform/log.ts';
import { packageRoot } from '../src/platform/root.ts';
import { askRun } from '../src/platform/testEngines.ts';
import { builtServer, startTestStores, type TestStores } from '../src/platform/testing.ts';
import { publishShipped } from '../src/quality/rules/verbs/publishShipped.ts';
import { saveRule, saveWordList } from '../src/quality/rules/verbs/saveRule.ts';
import { importFolder } from './checks/importForCheck.ts';
import { inspectAll } from './inspectAll.ts';

const now = Date.parse('2026-10-20T09:00:00+08:00');
const folder = mkdtempSync(join(tmpdir(), 'heng-inspection-'));
let stores: TestStores;

beforeAll(async () => {
  stores = await startTestStores();
  await publishShipped({ stores, now: () => now });
});
afterAll(async () => {
  await stores?.close();
  rmSync(folder, { recursive: true, force: true });
});

const sessions = Array.from({ length: 30 }, (_, n) => `S${n}`);
const at = (minute: number) => `2026-10-12T10:${String(minute).padStart(2, '0')}:00+08:00`;

/** Conversations in which an agent leads off the platform and mocks; from some the mockery was taken back since. */
async function put(withdrawn: readonly string[]): Promise<void> {
  const file = (name: string, lines: readonly string[]) => writeFileSync(join(folder, `${name}.csv`), lines.join('\n'));
  file('agents', ['agent_id,name,team,shop', 'zhao,赵一,east,red']);
  file('sessions', [
    'session_id,customer_id,started_at,ended_at,assigned_agent_id,issue,shop',
    ...sessions.map((id) => `${id},c${id},${at(0)},${at(20)},zhao,漏水,red`),
  ]);
  file('messages', [
    'session_id,message_id,at,sender,sender_id,kind,text',
    ...sessions.flatMap((id) => [
      `${id},${id}-1,${at(1)},customer,,text,你好我的洗衣机漏水了`,
      `${id},${id}-2,${at(2)},agent,zhao,${withdrawn.includes(id) ? 'withdrawn' : 'text'},你自己不会看说明书吗`,
      `${id},${id}-3,${at(3)},agent,zhao,text,加我微信我发你`,
    ]),
  ]);
  await importFolder(stores, folder, now);
}

/** A process of its own that inspects and stands still before it says which sessions it has inspected; then it is killed. */
async function killedInMidBatch(): Promise<void> {
  const dist = await builtServer();
  const { clickhouse, postgres } = stores;
  const endpoint = await askRun(inject('hengEngines'), 'clickhouse');
  const { host, port, user, password, database } = postgres.options;
  // Inside the project, where it finds its packages.
  const file = join(dist, `dies-${clickhouse.all.database}.mjs`);
  const lib = (path: string) => JSON.stringify(join(dist, path));
  writeFileSync(
    file,
    `import pg from ${JSON.stringify(join(packageRoot, 'node_modules/pg/esm/index.mjs'))};
    import { singleClickHouse } from ${lib('platform/externalClickhouse.js')};
    import { watchInspection } from ${lib('quality/rules/pass.js')};
    const { clickhouse } = await singleClickHouse(() => (${JSON.stringify(endpoint)}), ${JSON.stringify(clickhouse.all.database)});
    const insert = clickhouse.all.insert.bind(clickhouse.all);
    const all = { ...clickhouse.all, insert: async (sql, ...rest) => {
      if (!sql.includes('inspected_sessions')) return insert(sql, ...rest);
      process.stdout.write('in the middle');
      return new Promise(() => {});
    } };
    const postgres = new pg.Pool(${JSON.stringify({ host, port, user, password, database })});
    const log = { info() {}, warn() {}, debug() {}, error: (...what) => console.error(...what) };
    const stores = { clickhouse: { ...clickhouse, all }, postgres };
    watchInspection({ stores, now: () => ${now}, timeZone: 'Asia/Shanghai', log }, async () => false);`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('it ended by itself')))]);
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(file);
  }
}

const rows = (sql: string) => stores.clickhouse.all.query<Record<string, unknown>>(sql);
const found = async () => ({
  hits: await rows('SELECT * EXCEPT version FROM rule_hits FINAL WHERE live = 1 ORDER BY ALL'),
  sessions: await rows('SELECT * EXCEPT (version, inspected_at) FROM inspected_sessions FINAL ORDER BY ALL'),
});

test('a pass that is killed while it writes a batch loses nothing, writes nothing twice and leaves no hit that no longer holds', async () => {
  await put([]);
  await killedInMidBatch();
  const half = await found();
  expect(half.hits.length).toBeGreaterThan(sessions.length);
  expect(half.sessions).toEqual([]);
  const withdrawn = sessions.slice(0, 5);
  await put(withdrawn);
  await inspectAll(stores, now);
  const after = await found();
  expect(after.sessions).toHaveLength(sessions.length);
  const mocking = after.hits.filter(({ rule }) => rule === 'mockery').map(({ session_id }) => session_id);
  expect(mocking.sort()).toEqual(sessions.slice(5).sort());
  // The same from nothing, without an interruption.
  for (const table of ['rule_hits', 'inspected_sessions'])
    await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
  await stores.postgres.query('UPDATE inspection_state SET through = 0');
  await inspectAll(stores, now);
  expect(after).toEqual(await found());
}, 60_000);

test('a rule that hits every conversation is refused with its share, unless it is saved even so or switched off', async () => {
  const deps = { stores, now: () => now, timeZone: 'Asia/Shanghai', log: silentLog };
  const text = (state: string) =>
    `id: everything\nname: { zh: 全部, en: All }\ncategory: other\nseverity: minor\nstate: ${state}\nwhen: { phrases: [你好], by: customer }\n`;
  const save = (state: string, evenSo: boolean) =>
    saveRule(deps, ownerOfTheMachine, 'everything', { text: text(state), reason: '', evenSo });
  await expect(save('on', false)).rejects.toMatchObject({
    code: 'rule.matchesTooMuch',
    params: { percent: '100.0', sessions: sessions.length },
  });
  await save('off', false);
  await save('on', true);
});

test('a list that makes a rule hit every conversation is refused with the rule’s name, unless it is saved even so or no rule uses it', async () => {
  const deps = { stores, now: () => now, timeZone: 'Asia/Shanghai', log: silentLog };
  const list = { name: { zh: '嘲讽', en: 'Mockery' }, severity: 'major', reason: '' } as const;
  const save = (id: string, more: object) =>
    saveWordList(deps, ownerOfTheMachine, id, { ...list, text: '加我', ...more });
  await expect(save('mockery', {})).rejects.toMatchObject({
    code: 'wordList.matchesTooMuch',
    params: { rule: '客服嘲讽 · Mockery by an agent', percent: '100.0', sessions: sessions.length },
  });
  await save('mockery', { text: '爱投诉就' });
  await save('mockery', { evenSo: true });
  await save('unused', {});
});
