import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstAdministratorLink } from '../src/people/oneTimeLink.ts';
import type { Audit, CreatedKey, Invited, Key, ListedPerson, Me, Person } from '../src/people/schemas.ts';
import { Unavailable } from '../src/platform/errors.ts';
import { connected } from '../src/platform/externalClickhouse.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

let heng: TestApp;
beforeAll(async () => {
  heng = await openTestApp({ passwords: 'asServed' });
});
afterAll(() => heng?.close());

const hour = 60 * 60 * 1000;
const tokenOf = (link: string) => new URL(link, 'http://heng.test').searchParams.get('token') ?? '';
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

let administrator: Browser;

it('the first administrator comes in by the printed link, once', async () => {
  administrator = heng.browser();
  expect(await (await administrator('GET', '/api/welcome')).json()).toEqual({
    needsFirstAdministrator: true,
    demo: false,
    signedIn: false,
    companySignIn: false,
  });
  const older = await firstAdministratorLink(heng.deps);
  const link = await firstAdministratorLink(heng.deps);
  const token = tokenOf(link?.link ?? '');
  expect(await codeOf(await administrator('POST', '/api/setup/look', { token: tokenOf(older?.link ?? '') }))).toBe(
    'link.void',
  );
  expect(await (await administrator('POST', '/api/setup/look', { token })).json()).toMatchObject({
    kind: 'firstAdministrator',
  });
  const missing = await administrator('POST', '/api/setup', { token, password: 'a long password' });
  expect(missing.status).toBe(422);
  const setup = { token, password: 'a long password', email: 'Admin@Example.com', name: '管理员' };
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => heng.browser()('POST', '/api/setup', setup)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404, 404]);
  expect(await firstAdministratorLink(heng.deps)).toBeNull();
  const signIn = await administrator('POST', '/api/auth/sign-in/email', {
    email: 'admin@example.com',
    password: 'a long password',
  });
  expect(signIn.status).toBe(204);
  const cookie = signIn.headers.getSetCookie().find((each) => each.startsWith('heng.session_token='));
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  const me = (await (await administrator('GET', '/api/me')).json()) as Me;
  expect(me).toMatchObject({ email: 'admin@example.com', role: 'administrator', scope: { kind: 'all' }, demo: false });
  expect(me.permissions).toContain('people.write');
  expect(me.permissions).not.toContain('personalData.reveal');
});

it('nobody signs up by themselves, and nothing else of the sign-in library is reachable', async () => {
  const visitor = heng.browser();
  for (const path of [
    '/api/auth/sign-up/email',
    '/api/auth/update-user',
    '/api/auth/list-sessions',
    '/api/auth/get-session',
  ]) {
    expect(
      (await visitor('POST', path, { email: 'x@example.com', password: 'a long password', name: 'x' })).status,
    ).toBe(401);
    expect(
      (await administrator('POST', path, { email: 'x@example.com', password: 'a long password', name: 'x' })).status,
    ).toBe(404);
  }
});

it('an invited person sets a password by a link that lasts 72 hours, and is shut out when deactivated', async () => {
  const invite = await administrator('POST', '/api/people', {
    email: 'wang@example.com',
    name: '王主管',
    role: 'supervisor',
    scope: { kind: 'teams', teams: ['T1'] },
  });
  expect(invite.status).toBe(200);
  const { person, link } = (await invite.json()) as Invited;
  expect(person.status).toBe('invited');
  const wang = heng.browser();
  const token = tokenOf(link);
  heng.clock.nowMs += 72 * hour;
  expect(await codeOf(await wang('POST', '/api/setup', { token, password: 'wang long password' }))).toBe('link.void');
  heng.clock.nowMs -= 72 * hour;
  for (const [password, code] of [
    ['short', 'password.length'],
    ['wang@example.com', 'password.personal'],
    ['woaini1314520', 'password.common'],
  ]) {
    expect(await codeOf(await wang('POST', '/api/setup', { token, password }))).toBe(code);
  }
  expect((await wang('POST', '/api/setup', { token, password: 'wang long password' })).status).toBe(204);
  expect(await (await wang('GET', '/api/me')).json()).toMatchObject({
    role: 'supervisor',
    scope: { kind: 'teams', teams: ['T1'] },
  });
  expect(await codeOf(await wang('GET', '/api/people'))).toBe('permission.missing');

  const renewed = (await (await administrator('POST', `/api/people/${person.id}/link`)).json()) as Invited;
  const gone = await administrator('POST', `/api/people/${person.id}/deactivate`);
  expect(((await gone.json()) as Person).status).toBe('deactivated');
  expect((await wang('GET', '/api/me')).status).toBe(401);
  const again = await heng.browser()('POST', '/api/auth/sign-in/email', {
    email: 'wang@example.com',
    password: 'wang long password',
  });
  expect([again.status, await codeOf(again)]).toEqual([403, 'signIn.deactivated']);
  expect(
    await codeOf(await wang('POST', '/api/setup', { token: tokenOf(renewed.link), password: 'another password' })),
  ).toBe('link.void');

  expect((await administrator('POST', `/api/people/${person.id}/reactivate`)).status).toBe(200);
  const back = heng.browser();
  expect(
    (await back('POST', '/api/auth/sign-in/email', { email: 'wang@example.com', password: 'wang long password' }))
      .status,
  ).toBe(204);
  const promoted = await administrator('PATCH', `/api/people/${person.id}`, { role: 'hr', scope: { kind: 'all' } });
  expect(promoted.status).toBe(200);
  expect((await back('GET', '/api/people')).status).toBe(200);
});

it('an agent is linked to one agent and to nobody else’s', async () => {
  const create = (body: object) =>
    administrator('POST', '/api/people', { name: '客服', role: 'agent', scope: { kind: 'all' }, ...body });
  expect(await codeOf(await create({ email: 'a1@example.com' }))).toBe('person.invalid');
  const first = (await (await create({ email: 'a1@example.com', agentId: 'A1' })).json()) as Invited;
  expect(first.person.scope).toEqual({ kind: 'self', agentId: 'A1' });
  expect(await codeOf(await create({ email: 'a2@example.com', agentId: 'A1' }))).toBe('person.agentTaken');
  expect(await codeOf(await create({ email: 'a1@example.com', agentId: 'A2' }))).toBe('person.emailTaken');
});

it('the last administrator can neither go nor step down', async () => {
  const people = (await (await administrator('GET', '/api/people')).json()) as { people: Person[] };
  const self = people.people.find((person) => person.email === 'admin@example.com')?.id ?? '';
  expect(await codeOf(await administrator('POST', `/api/people/${self}/deactivate`))).toBe('person.lastAdministrator');
  expect(await codeOf(await administrator('PATCH', `/api/people/${self}`, { role: 'hr' }))).toBe(
    'person.lastAdministrator',
  );
});

it('a key does what it was made for and nothing after it is deleted', async () => {
  const created = (await (
    await administrator('POST', '/api/keys', { name: '客服系统', scopes: ['ingest.write'] })
  ).json()) as CreatedKey;
  expect(created.secret).toMatch(/^heng_/);
  const program = heng.browser();
  const bearer = { authorization: `Bearer ${created.secret}` };
  expect(await (await program('GET', '/api/me', undefined, bearer)).json()).toMatchObject({
    permissions: ['ingest.write'],
  });
  const sent = await program('POST', '/api/ingest/agents', [{ agent_id: 'A9', name: '新人' }], bearer);
  expect(await sent.json()).toMatchObject({ accepted: 1, duplicates: 0, rejected: [] });
  expect((await program('GET', '/api/people', undefined, bearer)).status).toBe(403);
  expect((await program('POST', '/api/keys', { name: 'x', scopes: ['ingest.write'] }, bearer)).status).toBe(403);
  expect((await administrator('DELETE', `/api/keys/${created.key.id}`)).status).toBe(204);
  expect(await codeOf(await program('GET', '/api/me', undefined, bearer))).toBe('key.unknown');
  const stored = await heng.stores.postgres.query('SELECT * FROM api_keys');
  expect(JSON.stringify(stored.rows)).not.toContain(created.secret);
});

it('a key ends on its day and says so, and sends only the kinds it was made for', async () => {
  const make = async (body: object) =>
    (await (await administrator('POST', '/api/keys', { name: '工单系统', ...body })).json()) as CreatedKey;
  const { key, secret } = await make({ scopes: ['ingest.write'], days: 30, kinds: ['agents'] });
  const { key: standard } = await make({ scopes: ['metric.read'] });
  const start = heng.clock.nowMs;
  expect([key, standard].map(({ expiresAt }) => Date.parse(expiresAt ?? '') - start)).toEqual([
    30 * 24 * hour,
    180 * 24 * hour,
  ]);
  const program = heng.browser();
  const bearer = { authorization: `Bearer ${secret}` };
  const row = [{ agent_id: 'A10', name: '新人' }];
  expect((await program('POST', '/api/ingest/agents', row, bearer)).status).toBe(200);
  expect(await codeOf(await program('POST', '/api/ingest/messages', [], bearer))).toBe('key.kind');
  expect(await codeOf(await program('POST', '/api/uploads?name=agents.csv', 'agent_id,name\nA1,x\n', bearer))).toBe(
    'key.kind',
  );

  heng.clock.nowMs = start + 30 * 24 * hour - 1;
  expect((await program('POST', '/api/ingest/agents', row, bearer)).status).toBe(200);
  const { keys } = (await (await administrator('GET', '/api/keys')).json()) as { keys: Key[] };
  expect(keys.find(({ id }) => id === key.id)).toMatchObject({
    expiresAt: key.expiresAt,
    kinds: ['agents'],
    lastUsedAt: new Date(heng.clock.nowMs).toISOString(),
  });
  heng.clock.nowMs = start + 30 * 24 * hour;
  const late = await program('POST', '/api/ingest/agents', row, bearer);
  const { error } = (await late.json()) as { error: { code: string; message: { zh: string; en: string } } };
  expect([late.status, error.code]).toEqual([401, 'key.expired']);
  expect(error.message.en).toContain(key.expiresAt?.slice(0, 10));
  heng.clock.nowMs = start;
  for (const days of [0, 731, 1.5]) {
    expect((await administrator('POST', '/api/keys', { name: 'x', scopes: ['ingest.write'], days })).status).toBe(422);
  }
});

it('text with a null byte is refused, not an inner failure', async () => {
  for (const [method, path, body] of [
    ['POST', '/api/people/%00/link', undefined],
    ['DELETE', '/api/keys/a%00b', undefined],
    ['DELETE', '/api/mappings/a%00b', undefined],
    ['POST', '/api/people', { email: 'nul@example.com', name: 'a\u0000b', role: 'hr', scope: { kind: 'all' } }],
  ] as const) {
    const answer = await administrator(method, path, body);
    expect([path, [400, 422].includes(answer.status)]).toEqual([path, true]);
  }
});

it('guessing is slowed by person, longer each time, until they sign in or an administrator ends it; and by address', async () => {
  const guessed = await openTestApp();
  const { email, password, actor } = await guessed.person({ role: 'hr' });
  const boss = await guessed.signedIn({ role: 'administrator' });
  const minute = hour / 60;
  const attempt = (given = 'a wrong password') =>
    guessed.browser()('POST', '/api/auth/sign-in/email', { email, password: given });
  const listed = async () =>
    ((await (await boss('GET', '/api/people')).json()) as { people: ListedPerson[] }).people.find(
      (person) => person.email === email,
    );
  // However many at once: each is counted before it is known to be wrong.
  const atOnce = await Promise.all(Array.from({ length: 12 }, () => attempt()));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
  const seen: number[] = [];
  for (const wait of [1, 2, 4, 8, 15, 30, 60, 60]) {
    guessed.clock.nowMs += wait * minute - 1;
    const refused = await attempt(password);
    const body = (await refused.json()) as { error: { code: string; message: { zh: string } } };
    expect([refused.status, body.error.code, refused.headers.get('retry-after')]).toEqual([429, 'signIn.waiting', '1']);
    expect(body.error.message.zh).toContain('请等 1 分钟');
    guessed.clock.nowMs += 1;
    seen.push((await attempt()).status);
  }
  expect(seen).toEqual(Array(8).fill(401));
  expect((await listed())?.waitsUntil).toBe(new Date(guessed.clock.nowMs + hour).toISOString());
  const mine = guessed.browser();
  expect((await boss('POST', `/api/people/${actor.userId}/end-wait`)).status).toBe(204);
  expect((await listed())?.waitsUntil).toBeNull();
  expect((await mine('POST', '/api/auth/sign-in/email', { email, password })).status).toBe(204);

  for (let guess = 0; guess < 4; guess++) expect((await attempt()).status).toBe(401);
  expect((await attempt(password)).status).toBe(204);
  for (let guess = 0; guess < 4; guess++) expect((await attempt()).status).toBe(401);
  const change = { currentPassword: 'not the one', newPassword: 'a new long password' };
  expect((await mine('POST', '/api/auth/change-password', change)).status).toBe(422);
  expect((await mine('POST', '/api/auth/change-password', { ...change, currentPassword: password })).status).toBe(429);
  guessed.clock.nowMs += 24 * hour;
  for (let guess = 0; guess < 5; guess++) expect((await attempt()).status).toBe(401);
  expect((await attempt()).status).toBe(429);
  // The clock stood a month ahead: the wait is a minute from now, not a month.
  guessed.clock.nowMs -= 30 * 24 * hour;
  expect((await attempt(password)).headers.get('retry-after')).toBe('60');
  guessed.clock.nowMs += minute;
  expect((await attempt()).status).toBe(401);
  guessed.clock.nowMs += 30 * 24 * hour;
  const { entries } = (await (await boss('GET', '/api/audit?limit=50')).json()) as Audit;
  const told = entries.filter(({ subject }) => subject === actor.userId).map(({ action }) => action);
  expect(told.filter((action) => action === 'person.signInWaits')).toHaveLength(3);
  expect(told).toContain('person.waitEnded');
  const kept = await guessed.stores.postgres.query('SELECT * FROM sign_in_guesses');
  expect(JSON.stringify(kept.rows)).not.toContain(email);
  const one = guessed.browser();
  const fromOneAddress = new Set<number>();
  for (let guess = 0; guess < 62; guess++) {
    fromOneAddress.add(
      (await one('POST', '/api/auth/sign-in/email', { email: `nobody${guess}@example.com`, password: 'x' })).status,
    );
  }
  expect([...fromOneAddress]).toEqual([401, 429]);
  await guessed.close();
});

it('another site cannot act with a visitor’s cookie', async () => {
  const foreign = await administrator(
    'POST',
    '/api/keys',
    { name: 'x', scopes: ['ingest.write'] },
    { origin: 'https://evil.example' },
  );
  expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'origin.foreign']);
  const hidden = await heng.app.request('http://heng.test/api/keys', {
    method: 'POST',
    headers: { host: 'heng.test', cookie: administrator.cookies(), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'x', scopes: ['ingest.write'] }),
  });
  expect(hidden.status).toBe(403);
  const signIn = await heng.browser()(
    'POST',
    '/api/auth/sign-in/email',
    { email: 'admin@example.com', password: 'a long password' },
    { origin: 'null' },
  );
  expect(signIn.status).toBe(403);
});

it('changing the password needs the old one and ends the other sessions', async () => {
  const { email, password } = await heng.person({ role: 'trainer' });
  const [here, there] = [heng.browser(), heng.browser()];
  for (const browser of [here, there]) await browser('POST', '/api/auth/sign-in/email', { email, password });
  const wrong = await here('POST', '/api/auth/change-password', {
    currentPassword: 'not the one',
    newPassword: 'a new long password',
  });
  expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'password.wrong']);
  for (const [newPassword, code] of [
    ['short', 'password.length'],
    ['password123', 'password.common'],
    [`${email}1`, 'password.personal'],
    ['aaaaaaaaaaaa', 'password.simple'],
  ]) {
    const weak = await here('POST', '/api/auth/change-password', { currentPassword: password, newPassword });
    expect([weak.status, await codeOf(weak)]).toEqual([422, code]);
  }
  const changed = await here('POST', '/api/auth/change-password', {
    currentPassword: password,
    newPassword: 'a new long password',
  });
  expect(changed.status).toBe(204);
  expect((await here('GET', '/api/me')).status).toBe(200);
  expect((await there('GET', '/api/me')).status).toBe(401);
  expect((await here('POST', '/api/auth/sign-out')).status).toBe(204);
  expect((await here('GET', '/api/me')).status).toBe(401);
});

it('the audit log tells who did what, and cannot be rewritten', async () => {
  const { entries } = (await (await administrator('GET', '/api/audit?limit=500')).json()) as Audit;
  const actions = new Set(entries.map((entry) => entry.action));
  for (const action of [
    ...['person.firstAdministrator', 'person.created', 'person.passwordSet', 'person.signedIn', 'person.deactivated'],
    ...['person.reactivated', 'person.changed', 'person.linkRenewed', 'key.created', 'key.revoked'],
  ]) {
    expect(actions).toContain(action);
  }
  const firstPage = (await (await administrator('GET', '/api/audit?limit=2')).json()) as Audit;
  const secondPage = (await (
    await administrator('GET', `/api/audit?limit=2&before=${firstPage.next}`)
  ).json()) as Audit;
  // Whoever reads the log is the newest line of it for the next.
  const [look, ...read] = [...firstPage.entries, ...secondPage.entries];
  expect(look?.action).toBe('audit.read');
  expect(read.map((entry) => entry.id)).toEqual(entries.slice(0, 3).map((entry) => entry.id));
  const { postgres } = heng.stores;
  await expect(postgres.query(`UPDATE audit_log SET actor_name = 'x'`)).rejects.toThrow('append-only');
  await expect(postgres.query('DELETE FROM audit_log')).rejects.toThrow('append-only');
  await expect(postgres.query('TRUNCATE audit_log')).rejects.toThrow('append-only');
});

it('the audit log is searched by who, what, to what and day, all at once', async () => {
  const found = async (query: string) => {
    const { entries } = (await (await administrator('GET', `/api/audit?limit=500&${query}`)).json()) as Audit;
    return entries.filter(({ action }) => action !== 'audit.read');
  };
  const all = await found('');
  const some = all.find(({ action }) => action === 'person.created');
  if (!some) throw new Error('nobody was made');
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(some.at));
  const of = (which: (entry: Audit['entries'][number]) => boolean) => all.filter(which);
  expect(await found('action=person')).toEqual(of(({ action }) => action.startsWith('person.')));
  expect(await found('action=person.created')).toEqual(of(({ action }) => action === 'person.created'));
  expect(await found('action=perso')).toEqual([]);
  expect(await found(`subject=${some.subject.slice(3, 20)}`)).toEqual(of(({ subject }) => subject === some.subject));
  expect(await found(`actor=${encodeURIComponent(some.actorName.toUpperCase())}&from=${day}&to=${day}`)).toContainEqual(
    some,
  );
  expect(await found(`actor=${some.actorId}&action=person.created&to=2020-01-01`)).toEqual([]);
  expect(await found('actor=%25')).toEqual([]);
  expect((await administrator('GET', '/api/audit?action=person%27')).status).toBe(422);
});

it('no password, token or key is stored in the clear', async () => {
  const { postgres } = heng.stores;
  const accounts = await postgres.query<{ password: string }>('SELECT password FROM auth_accounts');
  expect(accounts.rows.length).toBeGreaterThan(2);
  for (const { password } of accounts.rows) expect(password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
});

it('behind https the session cookie never travels without it', async () => {
  const secure = await openTestApp({ publicUrl: 'https://heng.test' });
  const { email, password } = await secure.person({ role: 'hr' });
  const own = { origin: 'https://heng.test' };
  const browser = secure.browser();
  const signIn = await browser('POST', '/api/auth/sign-in/email', { email, password }, own);
  expect(signIn.status).toBe(204);
  const cookie = signIn.headers.getSetCookie().find((each) => each.includes('session_token')) ?? '';
  expect(cookie).toMatch(/^__Secure-/);
  expect(cookie).toMatch(/; Secure/i);
  expect((await browser('GET', '/api/me')).status).toBe(200);
  await secure.close();
});

it('a page answers 503 with Retry-After while ClickHouse is started again, and people stay signed in', async () => {
  const away = () => {
    throw new Unavailable('clickhouse.starting', 3);
  };
  const { clickhouse } = connected({
    ...{ layout: { kind: 'single' }, local: 'heng', all: 'heng' },
    ...{ servers: [away], shards: [away] },
  });
  const limping = await openTestApp({ clickhouse });
  const hr = await limping.signedIn({ role: 'hr' });
  const answer = await hr('GET', '/api/organisation');
  expect([answer.status, answer.headers.get('retry-after'), await codeOf(answer)]).toEqual([
    503,
    '3',
    'clickhouse.starting',
  ]);
  expect((await hr('GET', '/api/me')).status).toBe(200);
  await limping.close();
});
