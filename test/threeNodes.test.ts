import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Meeting } from '../src/appraisal/meeting/schemas.ts';
import { checkLedger } from '../src/ledger/verbs/checkLedger.ts';
import { seededDraws } from '../src/metrics/seededDraws.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { silentLog } from '../src/platform/log.ts';
import { builtServer, startTestStores, type TestStores } from '../src/platform/testing.ts';
import type { ScorecardList } from '../src/scores/schemas.ts';
import { putDemoMonths } from './demoMonths.ts';
import { asServers, type Gate, listening, pass, type ServerEngines } from './serverEngines.ts';
import { addressOf, type StartedHeng, startHengWith, until } from './startHeng.ts';

/** Of the moments at which nodes are killed. */
const seed = process.env.HENG_KILL_SEED ?? 'three nodes';
const draw = seededDraws(seed);
const secrets = {
  HENG_SECRET: randomBytes(32).toString('hex'),
  HENG_LEDGER_KEY: randomBytes(32).toString('base64url'),
};
const folder = mkdtempSync(join(tmpdir(), 'heng-nodes-'));
/** The last month that can be closed already. */
const month = new Date(Date.now() - 6 * 86_400_000);
month.setUTCDate(0);
const period = month.toISOString().slice(0, 7);

let stores: TestStores;
let engines: ServerEngines;
let proxy: Gate;
const nodes: { heng: StartedHeng; url: string }[] = [];
let cookie = '';

const begin = (number: number, env: NodeJS.ProcessEnv = {}) =>
  startHengWith(
    { ...secrets, ...engines.env, HENG_TRUST_PROXY: '1', ...env },
    join(folder, `node${number}`),
    ...['--port', '0', '--empty'],
  );

async function startNode(number: number): Promise<void> {
  const heng = begin(number);
  nodes[number] = { heng, url: await addressOf(heng) };
}

beforeAll(async () => {
  [stores] = await Promise.all([startTestStores(), builtServer()]);
  engines = await asServers(stores);
  const until = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
  await putDemoMonths(stores, { seed: 3, agents: 6, months: 1, until }, Date.now());
  await Promise.all([0, 1, 2].map(startNode));
  let turn = 0;
  proxy = await listening((incoming, outgoing) => {
    turn += 1;
    pass(incoming, outgoing, urlOf(turn % nodes.length));
  });
});
afterAll(async () => {
  for (const { heng } of nodes) heng.child.kill('SIGKILL');
  await Promise.all(nodes.map(({ heng }) => heng.exited));
  proxy?.close();
  engines?.close();
  await stores?.close();
  rmSync(folder, { recursive: true, force: true });
});

const urlOf = (number: number): string => nodes[number]?.url ?? '';

async function call<Body = unknown>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const bytes = typeof body === 'string';
  const answer = await fetch(url + path, {
    method,
    headers: { cookie, origin: url, ...(body === undefined || bytes ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as Body };
}

/** Kills a node somewhere in the middle of what it was asked to do, and starts it again once the others have gone on. */
async function killAmid(number: number, work: Promise<unknown>, withinMs: number): Promise<() => Promise<void>> {
  work.catch(() => undefined);
  await sleep(draw() * withinMs);
  const killed = nodes[number];
  killed?.heng.child.kill('SIGKILL');
  await killed?.heng.exited;
  return () => startNode(number);
}

interface ReadImport {
  readonly state: string;
  readonly files: readonly { readonly accepted: number; readonly duplicates: number }[];
}

const importDone = (url: string, id: number) =>
  until(async () => {
    const { body } = await call<ReadImport>(url, 'GET', `/api/imports/${id}`);
    return ['done', 'failed'].includes(body.state) && body;
  });

async function importing(url: string, name: string, text: string): Promise<number> {
  const upload = await call<{ id: string }>(url, 'POST', `/api/uploads?name=${name}`, text);
  const begun = await call<{ importId: number }>(url, 'POST', `/api/uploads/${upload.body.id}/import`, {});
  return begun.body.importId;
}

const count = async (sql: string): Promise<number> =>
  Number((await stores.clickhouse.all.query<{ n: string }>(`SELECT count() AS n FROM ${sql}`))[0]?.n);

const conversation = (prefix: string, rows: number) =>
  `session_id,customer_id,at,sender,sender_id,text,message_id\n${Array.from(
    { length: rows },
    (_, n) =>
      `${prefix}${n % 500},c-${prefix}${n % 500},${period}-0${1 + (n % 9)}T09:00:00Z,customer,,hello ${n},${prefix}${n}`,
  ).join('\n')}\n`;

test('whoever signs in on one node is known on all, and a node with another secret is refused', async () => {
  const printed = nodes.flatMap(({ heng }) => /\/setup\?token=(\S+)/.exec(heng.output.out)?.[1] ?? []);
  expect(printed).toHaveLength(1);
  const person = { token: printed[0], email: 'first@example.com', name: '管理员', password: 'a long password' };
  const set = await fetch(`${proxy.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: proxy.url },
    body: JSON.stringify(person),
  });
  expect(set.status).toBe(204);
  cookie = set.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  for (const { url } of nodes) expect((await call(url, 'GET', '/api/me')).body).toMatchObject({ email: person.email });

  const stranger = begin(9, { HENG_SECRET: randomBytes(32).toString('hex') });
  expect(await stranger.exited).toBe(1);
  expect(stranger.output.err).toContain('HENG_SECRET');
});

test('wrong passwords count over all nodes', async () => {
  const guess = async (url: string) => {
    const answer = await call(url, 'POST', '/api/auth/sign-in/email', { email: 'x@example.com', password: 'a guess' });
    return answer.status;
  };
  const through: number[] = [];
  for (let n = 0; n < 6; n += 1) through.push(await guess(proxy.url));
  // After the fifth one has to wait a minute, on whichever node.
  expect(through).toEqual([...Array(5).fill(401), 429]);
  expect(await Promise.all(nodes.map(({ url }) => guess(url)))).toEqual([429, 429, 429]);
});

test('a file goes up to one node, is looked at on another and imported by a third; its rejects come from any', async () => {
  const [a, b, c] = [urlOf(0), urlOf(1), urlOf(2)];
  const text = `${conversation('up', 20)}up1,c-up1,not a time,customer,,late,upX\n`;
  const upload = await call<{ id: string }>(a, 'POST', '/api/uploads?name=messages.csv', text);
  expect((await call(b, 'POST', `/api/uploads/${upload.body.id}/preview`, {})).body).toMatchObject({ rejected: 1 });
  const begun = await call<{ importId: number }>(c, 'POST', `/api/uploads/${upload.body.id}/import`, {});
  expect(await importDone(a, begun.body.importId)).toMatchObject({
    state: 'done',
    files: [{ accepted: 20, rejected: 1 }],
  });
  for (const { url } of nodes)
    expect((await call(url, 'GET', `/api/imports/${begun.body.importId}/rejects`)).body).toContain('not a time');
  // Rows that come over HTTP through any node are one import of the hour.
  for (const n of [1, 2, 3])
    expect((await call(proxy.url, 'POST', '/api/ingest/messages', [httpRow(n)])).body).toMatchObject({ accepted: 1 });
  const { rows } = await stores.postgres.query("SELECT id FROM imports WHERE source = 'http'");
  expect(rows).toHaveLength(1);
  await until(async () => (await count("session_facts FINAL WHERE session_id = 'http'")) === 1);
});

const httpRow = (n: number) => ({
  ...{ session_id: 'http', customer_id: 'c-http', at: `${period}-01T09:00:00Z`, sender: 'customer', text: `row ${n}` },
  message_id: `http${n}`,
});

test('two nodes that import the same file at once count it once', async () => {
  const text = conversation('twice', 1000);
  const ids = await Promise.all([0, 2].map((number) => importing(urlOf(number), 'messages.csv', text)));
  const reports = await Promise.all(ids.map((id) => importDone(urlOf(1), id)));
  const sum = (what: 'accepted' | 'duplicates') =>
    reports.reduce((total, { files }) => total + Number(files[0]?.[what]), 0);
  expect([sum('accepted'), sum('duplicates')]).toEqual([1000, 1000]);
  expect(await count("messages WHERE startsWith(session_id, 'twice')")).toBe(1000);
});

test('a node killed amid an import or a batch leaves what another finishes: every row once, with its facts', async () => {
  for (const [killed, withinMs] of [
    [0, 300],
    [1, 1500],
  ] as const) {
    const text = conversation(`k${killed}-`, 6000);
    const batch = call(urlOf(killed), 'POST', '/api/ingest/messages', [httpRow(10 + killed)]);
    const restart = await killAmid(
      killed,
      Promise.all([importing(urlOf(killed), 'messages.csv', text), batch]),
      withinMs,
    );
    const other = urlOf(2);
    const again = await call<{ accepted: number; duplicates: number }>(other, 'POST', '/api/ingest/messages', [
      httpRow(10 + killed),
    ]);
    expect(again.body).toMatchObject({ rejected: [] });
    expect(again.body.accepted + again.body.duplicates).toBe(1);
    expect(await importDone(other, await importing(other, 'messages.csv', text))).toMatchObject({ state: 'done' });
    expect(await count(`messages WHERE startsWith(session_id, 'k${killed}-')`)).toBe(6000);
    expect(await count(`session_facts FINAL WHERE startsWith(session_id, 'k${killed}-')`)).toBe(500);
    await restart();
  }
  expect(await count("messages WHERE session_id = 'http'")).toBe(5);
  const open = "SELECT FROM import_parts WHERE state IN ('reading', 'staged', 'committed')";
  await until(async () => (await stores.postgres.query(open)).rowCount === 0);
  const ended = "SELECT FROM imports WHERE state NOT IN ('done', 'failed')";
  expect((await stores.postgres.query(ended)).rowCount).toBe(0);
  expect(await count(`system.tables WHERE database = currentDatabase() AND match(name, '^ingest_[0-9]')`)).toBe(0);
});

test('a node killed amid a closing, the meeting or a publication leaves it undone or done, and the ledger says each thing once', async () => {
  const reason = { reason: 'a test' };
  const at = <Body = unknown>(number: number, method: string, verb: string, body?: unknown) =>
    call<Body>(urlOf(number), method, `/api/cycles/${period}${verb}`, body);
  const stateAt = async (number: number) => (await at<{ state: string }>(number, 'GET', '')).body.state;
  const totals = async (number: number) => {
    const { body } = await call<ScorecardList>(
      urlOf(number),
      'GET',
      `/api/scorecards?plan=appliance-aftersales&period=${period}`,
    );
    return body.rows.map((row) => [row.agentId, row.total]);
  };
  /** By another node, unless the one that was killed had done it; whoever is at it already is waited for. */
  const moved = (number: number, verb: 'close' | 'publish', to: string) =>
    until(async () => (await stateAt(number)) === to || !(await at(number, 'POST', `/${verb}`, reason)));
  expect((await at(0, 'POST', '/open', reason)).status).toBe(204);
  const inspected = 'SELECT FROM inspection_state WHERE through >= (SELECT max(version) FROM derivations)';
  await until(async () => (await stores.postgres.query(inspected)).rowCount === 1);
  const before = await totals(1);
  expect(before.length).toBeGreaterThan(3);

  const afterClosing = await killAmid(0, at(0, 'POST', '/close', reason), 1200);
  await moved(1, 'close', 'closed');
  expect(await totals(2)).toEqual(before);

  const { people, scales } = (await at<Meeting>(1, 'GET', '/meeting')).body;
  const mover = people.find((person) => person.fixed === null && person.scale === 'bands');
  const grade = scales.bands.find((step) => step.id !== mover?.grade && !step.byRedLine)?.id;
  const move = { agentId: mover?.agentId, grade, reason: 'a test' };
  const afterMeeting = await killAmid(1, at(1, 'POST', '/meeting/moves', move), 60);
  const again = await at(2, 'POST', '/meeting/moves', move);
  expect([200, 409]).toContain(again.status);
  const meeting = (await at<Meeting>(2, 'GET', '/meeting')).body;
  expect(meeting.moves).toHaveLength(1);
  expect(meeting.people.find((person) => person.agentId === mover?.agentId)).toMatchObject({ grade });
  await Promise.all([afterClosing(), afterMeeting()]);

  const afterPublishing = await killAmid(2, at(2, 'POST', '/publish', reason), 200);
  await moved(0, 'publish', 'published');
  await afterPublishing();
  const ledger = { key: { now: secrets.HENG_LEDGER_KEY, before: null }, publicUrl: null, anchors: [] };
  await until(async () => (await stores.postgres.query('SELECT FROM ledger_pending')).rowCount === 0);
  const { rows: entries } = await stores.postgres.query<{ agent_id: string; n: string }>(
    `SELECT agent_id, count(*) AS n FROM ledger_records JOIN ledger_entries USING (entry_id)
     WHERE kind = 'scorecard' AND period = $1 GROUP BY agent_id ORDER BY agent_id`,
    [period],
  );
  const { rows: cards } = await stores.postgres.query<{ agent_id: string }>(
    'SELECT DISTINCT agent_id FROM scorecards WHERE period = $1 ORDER BY agent_id',
    [period],
  );
  expect(entries).toEqual(cards.map(({ agent_id }) => ({ agent_id, n: '1' })));
  const checked = await checkLedger({ stores, now: Date.now, log: silentLog, ledger }, ownerOfTheMachine);
  expect(checked.faults).toEqual([]);
});

test('a failure stands in the log under the id that its answer names, and nothing of anybody does', async () => {
  // A table that is not there: the failure comes amid a verb, with all that the request brought at hand.
  await stores.postgres.query('ALTER TABLE audit_log RENAME TO audit_log_away');
  const asked = await fetch(`${proxy.url}/api/people`, {
    method: 'POST',
    headers: { cookie, origin: proxy.url, 'content-type': 'application/json', 'x-request-id': 'request-of-a-test' },
    body: JSON.stringify({ name: '林小雨13800138000', email: 'lin@example.com', role: 'hr', scope: { kind: 'all' } }),
  }).finally(() => stores.postgres.query('ALTER TABLE audit_log_away RENAME TO audit_log'));
  expect(asked.status).toBe(500);
  expect(((await asked.json()) as { error: { requestId: string } }).error.requestId).toBe('request-of-a-test');
  const logs = [0, 1, 2].map((number) => readFileSync(join(folder, `node${number}`, 'heng.log'), 'utf8')).join('');
  const lines = logs.split('\n').filter((line) => line !== '');
  expect(
    lines.map((line) => JSON.parse(line)).filter(({ requestId }) => requestId === 'request-of-a-test'),
  ).toMatchObject([{ msg: 'request failed', route: '/api/people', code: '42P01' }]);
  expect(logs).not.toMatch(/林小雨|13800138000|example\.com|管理员|hello|not a time|a guess|a long password/);
});
