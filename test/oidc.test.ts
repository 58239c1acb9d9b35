import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readOidc } from '../src/people/oidcSettings.ts';
import type { Audit, Invited, Me } from '../src/people/schemas.ts';
import { memberByEmail, updateMember } from '../src/people/store.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

/** A provider of OpenID Connect as a company runs one: discovery, keys, tokens signed RS256. `lies` makes it answer wrongly. */
interface Lies {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  signer?: KeyObject;
  issuer?: string;
  status?: number;
  /** The name under which its key is published. */
  kid?: string;
}

const client = { clientId: 'heng', clientSecret: 'a:secret/with signs' };
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
const codes = new Map<string, { challenge: string; nonce: string; redirectUri: string; email: string }>();
const asked: string[] = [];
let lies: Lies = {};
let issuer = '';
let heng: TestApp;
let boss: Browser;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', issuer);
  asked.push(url.pathname);
  const answer = (body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (url.pathname === '/.well-known/openid-configuration') {
    return answer({
      issuer: lies.issuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize?tenant=1`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    });
  }
  if (url.pathname === '/keys') {
    const key = keys.publicKey.export({ format: 'jwk' });
    return answer({ keys: [{ ...key, kid: lies.kid ?? 'one', use: 'sig', alg: 'RS256' }] });
  }
  if (url.pathname === '/token' && (await isOurs(request))) return answer(...(await tokens(request)));
  return answer({ error: 'invalid_request' }, 400);
});

async function isOurs(request: IncomingMessage): Promise<boolean> {
  const [name, secret] = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64')
    .toString()
    .split(':');
  return decodeURIComponent(name ?? '') === client.clientId && decodeURIComponent(secret ?? '') === client.clientSecret;
}

async function tokens(request: IncomingMessage): Promise<[unknown, number]> {
  const form = new URLSearchParams(await text(request));
  const known = codes.get(form.get('code') ?? '');
  codes.delete(form.get('code') ?? '');
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (known?.challenge !== challenge || known.redirectUri !== form.get('redirect_uri')) {
    return [{ error: 'invalid_grant' }, 400];
  }
  const now = Math.floor(heng.clock.nowMs / 1000);
  const claims = { iss: issuer, aud: client.clientId, sub: known.email, exp: now + 300, iat: now, nonce: known.nonce };
  const said = { ...claims, email: known.email, email_verified: true, ...lies.claims };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', kid: lies.kid ?? 'one', ...lies.header })}.${part(said)}`;
  const mark = createSign('RSA-SHA256')
    .update(signed)
    .sign(lies.signer ?? keys.privateKey)
    .toString('base64url');
  return [{ id_token: `${signed}.${mark}`, token_type: 'Bearer', access_token: 'x' }, lies.status ?? 200];
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publicUrl = 'http://heng.test';
  heng = await openTestApp({
    publicUrl,
    oidc: { ...client, issuer, redirectUri: `${publicUrl}/api/auth/oidc/callback` },
  });
  boss = await heng.signedIn({ role: 'administrator' });
});
afterAll(async () => {
  await heng?.close();
  server.close();
});
beforeEach(() => {
  lies = {};
});

const placeOf = (answer: Response) => answer.headers.get('location') ?? '';

/** Goes to the provider, signs in there as this e-mail, and returns the address that the provider sends the browser to. */
async function comeBack(browser: Browser, email: string, next = '/plans?x=1'): Promise<string> {
  const away = await browser('GET', `/api/auth/oidc?next=${encodeURIComponent(next)}`);
  expect(away.status).toBe(302);
  const url = new URL(placeOf(away));
  const ask = (name: string) => url.searchParams.get(name) ?? '';
  expect([url.origin + url.pathname, ask('tenant'), ask('response_type'), ask('client_id'), ask('scope')]).toEqual([
    ...[`${issuer}/authorize`, '1', 'code', 'heng', 'openid email'],
  ]);
  expect(ask('code_challenge_method')).toBe('S256');
  const code = randomUUID();
  codes.set(code, {
    ...{ challenge: ask('code_challenge'), nonce: ask('nonce'), redirectUri: ask('redirect_uri'), email },
  });
  const back = new URL(ask('redirect_uri'));
  return `${back.pathname}?${new URLSearchParams({ code, state: ask('state') })}`;
}

async function signInAs(email: string, next?: string) {
  const browser = heng.browser();
  const answer = await browser('GET', await comeBack(browser, email, next));
  const me = await browser('GET', '/api/me');
  return { browser, answer, to: placeOf(answer), signedIn: me.status === 200 };
}

it('whoever is here already signs in by the company’s account and lands where they wanted; the page offers it', async () => {
  expect(await (await heng.browser()('GET', '/api/welcome')).json()).toMatchObject({ companySignIn: true });
  const { email, actor } = await heng.person({ role: 'hr' });
  const { browser, answer, to } = await signInAs(email.toUpperCase());
  expect([answer.status, to]).toEqual([302, '/plans?x=1']);
  expect(await (await browser('GET', '/api/me')).json()).toMatchObject({ email, role: 'hr' });
  expect((await signInAs(email, 'https://evil.example/')).to).toBe('/');
  for (const elsewhere of ['//evil.example/', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '/x\u0085'])
    expect((await signInAs(email, elsewhere)).to).toBe('/');
  const { entries } = (await (await boss('GET', '/api/audit')).json()) as Audit;
  expect(
    entries.filter(({ action, subject }) => action === 'person.signedInByCompany' && subject === actor.userId),
  ).toHaveLength(7);
});

it('somebody invited needs no password for it; a stranger gets no account, somebody deactivated no session', async () => {
  const invite = { email: 'invited@heng.test', name: '新人', role: 'trainer', scope: { kind: 'all' } };
  const { person } = (await (await boss('POST', '/api/people', invite)).json()) as Invited;
  const before = await memberByEmail(heng.stores.postgres, invite.email);
  const invited = await signInAs(invite.email);
  expect([invited.to, invited.signedIn]).toEqual(['/plans?x=1', true]);
  // An administrator who changes them at the same moment takes the account away from nobody.
  if (before) await updateMember(heng.stores.postgres, before);
  expect((await invited.browser('GET', '/api/me')).status).toBe(200);
  const changed = { currentPassword: 'never was one', newPassword: 'a long password' };
  for (const [path, asked] of [
    ['/api/auth/change-password', changed],
    ['/api/account/second-factor', { password: 'never was one' }],
  ] as const) {
    const answer = await invited.browser('POST', path, asked);
    expect(await answer.json()).toMatchObject({ error: { code: 'password.none' } });
  }

  const count = async () => (await heng.stores.postgres.query('SELECT FROM auth_users')).rowCount;
  const accounts = await count();
  expect(await signInAs('stranger@heng.test')).toMatchObject({ to: '/sign-in?refused=unknown', signedIn: false });
  expect(await count()).toBe(accounts);

  await boss('POST', `/api/people/${person.id}/deactivate`);
  expect((await invited.browser('GET', '/api/me')).status).toBe(401);
  expect(await signInAs(invite.email)).toMatchObject({ to: '/sign-in?refused=deactivated', signedIn: false });
});

it('a role that has to have a second factor shows it at the company; who has one is not asked for it here', async () => {
  const invite = { email: 'hr@heng.test', name: '人事', role: 'hr', scope: { kind: 'all' } };
  await boss('POST', '/api/people', invite);
  await boss('PUT', '/api/second-factor', { roles: ['hr'] });
  const { browser } = await signInAs(invite.email);
  const me = (await (await browser('GET', '/api/me')).json()) as Me;
  expect([me.secondFactor.demanded, me.permissions.length > 0]).toEqual([false, true]);
  await boss('PUT', '/api/second-factor', { roles: [] });
});

it.each<[string, Lies, string]>([
  ['a token of another issuer', { claims: { iss: 'https://other.example' } }, 'provider'],
  ['a token for another program', { claims: { aud: 'other' } }, 'provider'],
  [
    'a token for several programs, of which another asked',
    { claims: { aud: ['heng', 'other'], azp: 'other' } },
    'provider',
  ],
  ['a token with another nonce', { claims: { nonce: 'other' } }, 'provider'],
  ['a token without a nonce', { claims: { nonce: undefined } }, 'provider'],
  ['a token that has expired', { claims: { exp: 1 } }, 'provider'],
  ['a token of the future', { claims: { iat: 99_999_999_999 } }, 'provider'],
  ['a token signed by somebody else', { signer: others.privateKey }, 'provider'],
  ['a token that says it needs no signature', { header: { alg: 'none' } }, 'provider'],
  ['a token said to be signed by a shared secret', { header: { alg: 'HS256' } }, 'provider'],
  ['a token of a key that the provider does not have', { header: { kid: 'two' } }, 'provider'],
  ['an e-mail that was not verified', { claims: { email_verified: false } }, 'unverified'],
  ['an e-mail of which nothing is said', { claims: { email_verified: undefined } }, 'unverified'],
  ['a token without an e-mail', { claims: { email: undefined } }, 'unverified'],
  ['a refusal of the provider', { status: 500 }, 'provider'],
])('%s signs nobody in', async (_, lie, why) => {
  const { email } = await heng.person({ role: 'hr' });
  lies = lie;
  expect(await signInAs(email)).toMatchObject({ to: `/sign-in?refused=${why}`, signedIn: false });
});

it('an answer counts in the browser that asked, once, with its state, for ten minutes', async () => {
  const { email } = await heng.person({ role: 'hr' });
  const [mine, theirs] = [heng.browser(), heng.browser()];
  const back = await comeBack(mine, email);
  expect(placeOf(await theirs('GET', back))).toBe('/sign-in?refused=state');
  await comeBack(theirs, email);
  expect(placeOf(await theirs('GET', back))).toBe('/sign-in?refused=state');
  const cookie = mine.cookies();
  expect(placeOf(await mine('GET', back.replace(/state=[^&]*/, 'state=x')))).toBe('/sign-in?refused=state');
  const kept = (path: string) => heng.browser()('GET', path, undefined, { cookie });
  expect(placeOf(await kept(back))).toBe('/plans?x=1');
  expect(placeOf(await kept(back))).toBe('/sign-in?refused=provider');
  const declined = await comeBack(mine, email);
  expect(placeOf(await mine('GET', declined.replace(/code=[^&]*/, 'error=access_denied')))).toBe(
    '/sign-in?refused=declined',
  );
  const late = await comeBack(mine, email);
  heng.clock.nowMs += 10 * 60 * 1000;
  expect(placeOf(await mine('GET', late))).toBe('/sign-in?refused=state');
});

it('keys that the provider has changed are fetched again; a provider that speaks for another is not believed', async () => {
  const { email } = await heng.person({ role: 'hr' });
  expect((await signInAs(email)).signedIn).toBe(true);
  asked.length = 0;
  expect((await signInAs(email)).signedIn).toBe(true);
  expect(asked).toEqual(['/token']);
  lies = { kid: 'three' };
  expect((await signInAs(email)).signedIn).toBe(true);
  heng.clock.nowMs += 11 * 60 * 1000;
  lies = { issuer: 'https://other.example' };
  expect(placeOf(await heng.browser()('GET', '/api/auth/oidc'))).toBe('/sign-in?refused=provider');
});

it('the environment names all of it or none, and the address people type', () => {
  const env = { HENG_OIDC_ISSUER: 'https://id.example', HENG_OIDC_CLIENT_ID: 'heng', HENG_OIDC_CLIENT_SECRET: 's' };
  expect(readOidc({}, null)).toBeNull();
  expect(readOidc(env, 'https://heng.example')).toEqual({
    ...{ issuer: 'https://id.example', clientId: 'heng', clientSecret: 's' },
    redirectUri: 'https://heng.example/api/auth/oidc/callback',
  });
  expect(() => readOidc(env, null)).toThrow('config.oidcUrl');
  expect(() => readOidc({ ...env, HENG_OIDC_CLIENT_SECRET: '' }, 'https://heng.example')).toThrow(
    'config.oidcIncomplete',
  );
  for (const wrong of ['http://id.example', 'ftp://id.example', 'http://169.254.169.254'].slice(1)) {
    expect(() => readOidc({ ...env, HENG_OIDC_ISSUER: wrong }, 'https://heng.example')).toThrow('config.oidcIssuer');
  }
});
