import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainCell } from '../src/ingest/formulaText.ts';
import { readTable } from '../src/ingest/readTable.ts';
import { peopleCommand } from '../src/people/command.ts';
import type { Audit, People } from '../src/people/schemas.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

let heng: TestApp;
let boss: Browser & { actor: { userId: string } };
let folder: string;
beforeAll(async () => {
  heng = await openTestApp();
  boss = await heng.signedIn({ role: 'administrator', email: 'boss@x.test' });
  folder = mkdtempSync(join(tmpdir(), 'heng-people-'));
});
afterAll(async () => {
  await heng?.close();
  rmSync(folder, { recursive: true, force: true });
});

const command = peopleCommand({ read: readTable, cell: plainCell });

/** `heng people …` on the stores of the test; the exit code and what it said. */
async function run(args: string[], values: Record<string, string | boolean> = {}) {
  const said: { document?: unknown; text?: string | undefined } = {};
  const exit = await command.run({
    ...{ args, values, json: false, dataDir: folder, env: { LANG: 'en' }, timeZone: 'Asia/Shanghai' },
    now: () => heng.clock.nowMs,
    stores: async () => heng.stores,
    out: (document, text) => Object.assign(said, { document, text }),
    outLines: async () => undefined,
    progress: () => undefined,
  });
  return { exit, text: said.text ?? '', steps: (said.document as { steps?: { kind: string; email: string }[] }).steps };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const people = async () =>
  Object.fromEntries(
    ((await (await boss('GET', '/api/people')).json()) as People).people.map(
      ({ email, role, scope, agentId, status }) => [email, [role, JSON.stringify(scope), agentId, status]],
    ),
  );

const head = 'email,name,role,scope,teams,agent_id,active';
const self = 'boss@x.test,administrator,administrator,,,,';

it('a file makes and changes people at once, tells the bad rows, and changes nothing the second time', async () => {
  const path = file(
    'people.csv',
    `${head}\n${self}\n"wang@x.test","王, 主管",主管,,"T1;T2",,\nzhao@x.test,=赵,agent,,,A1,\nbad,坏,hr,all,,,\nli@x.test,李,hr,,,,\n`,
  );
  const before = await people();
  const checked = await run(['import', path], { check: true });
  expect([checked.exit, checked.text.split('\n')]).toEqual([
    3,
    [
      'This would be done:',
      '  line 3  added  wang@x.test',
      '  line 4  added  zhao@x.test',
      'Unchanged: 1.',
      'Rows left out: 2',
      '  line 5  email “bad”  is no e-mail address',
      '  line 6  scope  does not say what they see: teams, shops, or the scope “all”',
    ],
  ]);
  expect(await people()).toEqual(before);

  const links = file('links.csv', 'somebody else may read this\n');
  chmodSync(links, 0o644);
  expect((await run(['import', path], { links })).exit).toBe(3);
  expect(await people()).toEqual({
    ...before,
    'wang@x.test': ['supervisor', '{"kind":"teams","teams":["T1","T2"]}', null, 'invited'],
    'zhao@x.test': ['agent', '{"kind":"self","agentId":"A1"}', 'A1', 'invited'],
  });
  expect(statSync(links).mode & 0o777).toBe(0o600);
  expect(readFileSync(links, 'utf8')).toContain(`"zhao@x.test","'=赵"`);
  const token = /wang@x\.test.*token=([\w-]+)/.exec(readFileSync(links, 'utf8'))?.[1] ?? '';
  expect((await heng.browser()('POST', '/api/setup', { token, password: 'a long password' })).status).toBe(204);
  expect((await run(['import', path])).steps).toEqual([]);
});

it('who is absent stays unless one says otherwise; then their sessions end, agents change hands, and the log knows', async () => {
  const { email, password } = await heng.person({ role: 'trainer', email: 'gone@x.test' });
  const gone = heng.browser();
  await gone('POST', '/api/auth/sign-in/email', { email, password });
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('人员');
  sheet.addRows([
    ['邮箱', '姓名', '角色', '范围', '客服编号'],
    ['boss@x.test', 'administrator', '管理员', '', ''],
    ['new@x.test', '新人', '客服', '', 'A1'],
    ['zhao@x.test', '赵', '培训', '全部', ''],
  ]);
  const path = join(folder, 'people.xlsx');
  await book.xlsx.writeFile(path);
  expect((await run(['import', path], { check: true })).steps?.map(({ kind, email }) => [kind, email])).toEqual([
    ['create', 'new@x.test'],
    ['change', 'zhao@x.test'],
  ]);
  expect((await run(['import', path], { 'deactivate-missing': true })).exit).toBe(0);
  expect(await people()).toMatchObject({
    'gone@x.test': ['trainer', '{"kind":"all"}', null, 'deactivated'],
    'wang@x.test': ['supervisor', '{"kind":"teams","teams":["T1","T2"]}', null, 'deactivated'],
    'new@x.test': ['agent', '{"kind":"self","agentId":"A1"}', 'A1', 'invited'],
    'zhao@x.test': ['trainer', '{"kind":"all"}', null, 'invited'],
  });
  expect((await gone('GET', '/api/me')).status).toBe(401);
  const sessions = await heng.stores.postgres.query('SELECT FROM auth_sessions');
  expect(sessions.rowCount).toBe(1);
  const back = file('back.csv', `${head}\ngone@x.test,trainer,trainer,all,,,\n`);
  expect((await run(['import', back])).steps).toEqual([]);
  file('back.csv', `${head}\ngone@x.test,trainer,trainer,all,,,yes\n`);
  expect((await run(['import', back])).text).toContain('line 2  let back in  gone@x.test');
  const { entries } = (await (await boss('GET', '/api/audit?limit=500')).json()) as Audit;
  const byLine = entries.filter(({ actorId }) => actorId === 'command-line').map(({ action }) => action);
  for (const action of ['created', 'changed', 'deactivated', 'reactivated'])
    expect(byLine).toContain(`person.${action}`);
});

it('a file never takes the last administrator away, and then changes nobody', async () => {
  const before = await people();
  const other = file('other.csv', `${head}\nlast@x.test,某,hr,all,,,\n`);
  await expect(run(['import', other], { 'deactivate-missing': true })).rejects.toThrow('person.lastAdministrator');
  const demoted = file('demoted.csv', `${head}\nlast@x.test,某,hr,all,,,\nboss@x.test,某,hr,all,,,\n`);
  await expect(run(['import', demoted])).rejects.toThrow('person.lastAdministrator');
  expect(await people()).toEqual(before);
});

it('a file that is none, or lacks a column, changes nothing and says so', async () => {
  await expect(run(['import', file('lacks.csv', 'email,姓名\na@x.test,某\n')])).rejects.toThrow('people.columns');
  await expect(run(['import', join(folder, 'nowhere.csv')])).rejects.toThrow('table.unreadable');
  await expect(run(['import', file('broken.xlsx', 'no workbook')])).rejects.toThrow('table.unreadable');
  await expect(run(['import', file('large.csv', `${head}\n${'x'.repeat(5_000_000)}`)])).rejects.toThrow(
    'table.tooLarge',
  );
  await expect(run(['remove', 'x'])).rejects.toThrow('people.usage');
  await expect(run(['reset-second-factor', 'nobody@x.test'])).rejects.toThrow('people.unknown');
});

it('the command line ends somebody’s wait', async () => {
  const { email, password } = await heng.person({ role: 'hr' });
  const signIn = (given: string) => heng.browser()('POST', '/api/auth/sign-in/email', { email, password: given });
  for (let guess = 0; guess < 5; guess++) expect((await signIn('wrong')).status).toBe(401);
  expect((await signIn(password)).status).toBe(429);
  expect((await run(['end-wait', email.toUpperCase()])).text).toBe(`${email} may try again at once.`);
  expect((await signIn(password)).status).toBe(204);
});

it('an agent whom an account of the made-up company has is told as taken, and nobody changes', async () => {
  await heng.person({ role: 'agent', agentId: 'D1', email: 'agent@demo.example' });
  const before = await people();
  const taken = file('taken.csv', `${head}\nfirst@x.test,某,hr,all,,,\nd1@x.test,某,agent,,,D1,\n`);
  await expect(run(['import', taken])).rejects.toThrow('person.agentTaken');
  expect(await people()).toEqual(before);
});
