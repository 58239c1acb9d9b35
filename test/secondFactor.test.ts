import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '../src/people/actor.ts';
import type { Audit, Invited, Me, OfferedSecret, People, RecoveryCodes } from '../src/people/schemas.ts';
import { stepMs } from '../src/people/totp.ts';
import { authenticator } from './authenticator.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

let heng: TestApp;
let boss: Awaited<ReturnType<TestApp['signedIn']>>;
beforeAll(async () => {
  heng = await openTestApp();
  boss = await heng.signedIn({ role: 'administrator' });
});
afterAll(() => heng?.close());

const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

/** The app of somebody who scanned this link; `after`: how much later than now. */
function app(uri: string) {
  const show = authenticator(new URL(uri).searchParams.get('secret') ?? '');
  return (after = 0) => show(heng.clock.nowMs + after);
}

/** Somebody of this role who has turned the second factor on. */
async function withFactor(role: Role) {
  const { email, password, actor } = await heng.person({ role });
  const browser = heng.browser();
  const signIn = (code?: string, from: Browser = heng.browser()) =>
    from('POST', '/api/auth/sign-in/email', { email, password, ...(code === undefined ? {} : { code }) });
  await signIn(undefined, browser);
  const offered = (await (await browser('POST', '/api/account/second-factor', { password })).json()) as OfferedSecret;
  const code = app(offered.uri);
  const confirmed = await browser('POST', '/api/account/second-factor/confirm', { code: code() });
  const { codes } = (await confirmed.json()) as RecoveryCodes;
  return { email, password, actor, browser, signIn, code, codes, offered };
}

const nextCode = () => {
  heng.clock.nowMs += stepMs;
};

it('once it is on, the password alone makes no session, and each code signs in once', async () => {
  const { email, signIn, code, codes, browser, offered } = await withFactor('hr');
  const me = (await (await browser('GET', '/api/me')).json()) as Me;
  expect(me.secondFactor).toEqual({ on: true, demanded: false, codesLeft: 10 });

  const sessions = () => heng.stores.postgres.query('SELECT FROM auth_sessions').then(({ rowCount }) => rowCount);
  const before = await sessions();
  const without = await signIn();
  expect([without.status, await codeOf(without)]).toEqual([401, 'signIn.codeNeeded']);
  expect(without.headers.getSetCookie()).toEqual([]);
  // The code that confirmed the app has been used, and so no session may come of it.
  expect(await codeOf(await signIn(code()))).toBe('code.wrong');
  expect(await codeOf(await signIn('000000'))).toBe('code.wrong');
  const forged = await heng.browser()(
    'POST',
    '/api/auth/sign-in/email',
    { email, password: 'x' },
    { 'x-heng-code': code() },
  );
  expect(await codeOf(forged)).toBe('signIn.refused');
  expect(await sessions()).toBe(before);

  nextCode();
  const now = code();
  const atOnce = await Promise.all([signIn(now), signIn(`${now.slice(0, 3)} ${now.slice(3)}`), signIn(now)]);
  expect(atOnce.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(await codeOf(await signIn(code(-stepMs)))).toBe('code.wrong');

  const [first = '', second = ''] = codes;
  expect(new Set(codes).size).toBe(10);
  expect((await signIn(first)).status).toBe(204);
  expect(await codeOf(await signIn(first))).toBe('code.wrong');
  expect((await signIn(second.toUpperCase().replace('-', ' '))).status).toBe(204);
  expect(((await (await browser('GET', '/api/me')).json()) as Me).secondFactor.codesLeft).toBe(8);

  const kept = await heng.stores.postgres.query('SELECT * FROM second_factors, recovery_codes');
  const stored = JSON.stringify(kept.rows);
  for (const secret of [offered.secret, first, first.replace('-', '')]) expect(stored).not.toContain(secret);
});

it('a header of the caller gives no code, and wrong codes are slowed like wrong passwords', async () => {
  const { email, password, signIn, code } = await withFactor('trainer');
  nextCode();
  const smuggled = await heng.browser()(
    'POST',
    '/api/auth/sign-in/email',
    { email, password },
    { 'x-heng-code': code() },
  );
  expect(await codeOf(smuggled)).toBe('signIn.codeNeeded');
  // Asking for the code is no wrong guess.
  for (let ask = 0; ask < 6; ask++) expect(await codeOf(await signIn())).toBe('signIn.codeNeeded');
  for (let guess = 0; guess < 5; guess++) expect(await codeOf(await signIn(`00000${guess}`))).toBe('code.wrong');
  const waits = await signIn(code());
  expect([waits.status, await codeOf(waits)]).toEqual([429, 'signIn.waiting']);
});

it('the right password of somebody signed in forgets no wrong codes, and signing in does', async () => {
  const { browser, password, signIn, code } = await withFactor('trainer');
  const wrong = async (...codes: string[]) => {
    for (const each of codes) expect(await codeOf(await signIn(each))).toBe('code.wrong');
  };
  const prove = () =>
    browser('POST', '/api/auth/change-password', { currentPassword: password, newPassword: password });
  await wrong('000001', '000002', '000003', '000004');
  // Where it is on, the page does not even tell whether the password is right.
  for (const given of [password, 'not the password'])
    expect(await codeOf(await browser('POST', '/api/account/second-factor', { password: given }))).toBe(
      'code.alreadyOn',
    );
  expect((await prove()).status).toBe(204);
  nextCode();
  expect((await signIn(code())).status).toBe(204);
  await wrong('000001', '000002', '000003', '000004');
  expect((await prove()).status).toBe(204);
  await wrong('000005');
  expect(await codeOf(await prove())).toBe('signIn.waiting');
});

it('turning it on takes the password and a code of the app; turning it off a code; it is not asked for before', async () => {
  const { email, password } = await heng.person({ role: 'trainer' });
  const browser = heng.browser();
  const signIn = () => browser('POST', '/api/auth/sign-in/email', { email, password });
  await signIn();
  const start = (given: string) => browser('POST', '/api/account/second-factor', { password: given });
  expect(await codeOf(await start('not the password'))).toBe('password.wrong');
  const offered = (await (await start(password)).json()) as OfferedSecret;
  expect((await signIn()).status).toBe(204);
  const confirm = (code: string) => browser('POST', '/api/account/second-factor/confirm', { code });
  expect(await codeOf(await confirm('000000'))).toBe('code.wrong');
  const replaced = (await (await start(password)).json()) as OfferedSecret;
  expect(await codeOf(await confirm(app(offered.uri)()))).toBe('code.wrong');
  const elsewhere = heng.browser();
  expect((await elsewhere('POST', '/api/auth/sign-in/email', { email, password })).status).toBe(204);
  const cookie = browser.cookies();
  expect((await confirm(app(replaced.uri)())).status).toBe(200);
  // Whoever signed in without a code is signed out; the browser that confirmed has a session of its own.
  expect((await elsewhere('GET', '/api/me')).status).toBe(401);
  expect((await heng.browser()('GET', '/api/me', undefined, { cookie })).status).toBe(401);
  expect((await browser('GET', '/api/me')).status).toBe(200);
  expect(await codeOf(await start(password))).toBe('code.alreadyOn');
  expect(await codeOf(await signIn())).toBe('signIn.codeNeeded');
  const end = (code: string) => browser('POST', '/api/account/second-factor/end', { code });
  expect(await codeOf(await end('000000'))).toBe('code.wrong');
  nextCode();
  expect((await end(app(replaced.uri)())).status).toBe(204);
  expect((await signIn()).status).toBe(204);
});

it('a role that has to have it can do nothing else first, keeps it, and an administrator can reset it', async () => {
  const { email, password, actor } = await heng.person({ role: 'director' });
  const director = heng.browser();
  await director('POST', '/api/auth/sign-in/email', { email, password });
  const bystander = await heng.signedIn({ role: 'hr' });
  expect((await director('GET', '/api/plans')).status).toBe(200);
  expect((await boss('PUT', '/api/second-factor', { roles: ['director'] })).status).toBe(204);
  expect((await bystander('GET', '/api/plans')).status).toBe(200);
  expect(await codeOf(await director('GET', '/api/plans'))).toBe('permission.missing');
  const held = (await (await director('GET', '/api/me')).json()) as Me;
  expect([held.permissions, held.secondFactor]).toEqual([[], { on: false, demanded: true, codesLeft: 0 }]);

  const offered = (await (await director('POST', '/api/account/second-factor', { password })).json()) as OfferedSecret;
  const code = app(offered.uri);
  expect((await director('POST', '/api/account/second-factor/confirm', { code: code() })).status).toBe(200);
  expect((await director('GET', '/api/plans')).status).toBe(200);
  nextCode();
  expect(await codeOf(await director('POST', '/api/account/second-factor/end', { code: code() }))).toBe(
    'code.demanded',
  );

  const listed = async () => {
    const list = (await (await boss('GET', '/api/people')).json()) as People;
    return [list.secondFactorRoles, list.people.find((person) => person.email === email)?.secondFactor];
  };
  expect(await listed()).toEqual([['director'], true]);
  for (const path of ['reset-second-factor', 'link'])
    expect(await codeOf(await boss('POST', `/api/people/${boss.actor.userId}/${path}`))).toBe('person.oneself');
  expect((await boss('POST', `/api/people/${actor.userId}/reset-second-factor`)).status).toBe(204);
  expect(await listed()).toEqual([['director'], false]);
  const again = heng.browser();
  expect((await again('POST', '/api/auth/sign-in/email', { email, password })).status).toBe(204);
  expect(await codeOf(await again('GET', '/api/plans'))).toBe('permission.missing');
  expect((await boss('PUT', '/api/second-factor', { roles: [] })).status).toBe(204);
  expect((await again('GET', '/api/plans')).status).toBe(200);
});

it('a new one-time link sets the password, and still the code is asked for; all of it is in the audit log', async () => {
  const { email, actor, signIn, code } = await withFactor('inspector');
  const { link } = (await (await boss('POST', `/api/people/${actor.userId}/link`)).json()) as Invited;
  const token = new URL(link, 'http://heng.test').searchParams.get('token') ?? '';
  const password = 'another long password';
  const browser = heng.browser();
  const set = await browser('POST', '/api/setup', { token, password });
  expect([set.status, set.headers.getSetCookie()]).toEqual([204, []]);
  expect(await codeOf(await signIn())).toBe('signIn.refused');
  nextCode();
  const entered = await browser('POST', '/api/auth/sign-in/email', { email, password, code: code() });
  expect(entered.status).toBe(204);
  const changed = { currentPassword: password, newPassword: 'a third long password' };
  expect((await browser('POST', '/api/auth/change-password', changed)).status).toBe(204);
  expect((await browser('GET', '/api/me')).status).toBe(200);

  const { entries } = (await (await boss('GET', '/api/audit?limit=500')).json()) as Audit;
  const actions = new Set(entries.map(({ action }) => action));
  for (const action of [
    ...['person.secondFactorOn', 'person.secondFactorOff', 'person.secondFactorReset', 'secondFactor.demanded'],
    'person.recoveryCodeUsed',
  ]) {
    expect(actions).toContain(action);
  }
});
