import { createHash, randomUUID } from 'node:crypto';
import { openIngest } from '../src/ingest/ingest.ts';
import { createApp } from '../src/main.ts';
import type { Actor, Role, Scope } from '../src/people/actor.ts';
import type { OidcSettings } from '../src/people/oidc.ts';
import { openSignIn, type SignIn } from '../src/people/signIn.ts';
import { insertMember } from '../src/people/store.ts';
import { deriveAfterCommit } from '../src/pipeline.ts';
import type { ClickHouse } from '../src/platform/clickhouse.ts';
import type { Deps, HengApp } from '../src/platform/http.ts';
import { silentLog } from '../src/platform/log.ts';
import { startTestStores, type TestStores } from '../src/platform/testing.ts';
import { mustBeAudited } from './audited.ts';

const origin = 'http://heng.test';

/**
 * Calls the app as one person's browser would: with their cookies, from our own pages. Throws where a change that succeeded left no line
 * in the audit log, whatever the test is about.
 */
export interface Browser {
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  cookies(): string;
}

interface Place {
  readonly role: Role;
  readonly scope?: Scope;
  readonly agentId?: string | null;
  readonly email?: string;
}

export interface TestApp {
  readonly app: HengApp;
  readonly deps: Deps;
  readonly stores: TestStores;
  readonly signIn: SignIn;
  readonly clock: { nowMs: number };
  browser(): Browser;
  /** A person who can sign in, without going through the invitation. */
  person(place: Place): Promise<{ email: string; password: string; actor: Actor }>;
  /** The browser of a new person who has signed in. */
  signedIn(place: Place): Promise<Browser & { actor: Actor }>;
  close(): Promise<void>;
}

/** Quick where scrypt is slow on purpose: for tests of something else than signing in. */
const quickPasswords = {
  hash: async (password: string) => createHash('sha256').update(password).digest('hex'),
  verify: async ({ hash, password }: { hash: string; password: string }) =>
    hash === createHash('sha256').update(password).digest('hex'),
};

/** The whole server on fresh real stores, without a socket. */
export async function openTestApp(
  instead: { clickhouse?: ClickHouse; publicUrl?: string; passwords?: 'asServed'; oidc?: OidcSettings } = {},
): Promise<TestApp> {
  const real = await startTestStores();
  const stores: TestStores = { ...real, clickhouse: instead.clickhouse ?? real.clickhouse };
  const publicUrl = instead.publicUrl ?? null;
  const clock = { nowMs: Date.now() };
  const deps: Deps = {
    stores,
    now: () => clock.nowMs,
    timeZone: 'Asia/Shanghai',
    log: { ...silentLog, error: (...all: unknown[]) => console.error(all) },
  };
  const signIn = await openSignIn(deps, {
    ...{ secret: 'only for tests, 32 characters long', publicUrl },
    ...(instead.passwords === 'asServed' ? {} : { passwords: quickPasswords }),
  });
  const ingest = await openIngest({ ...deps, stores: real }, deriveAfterCommit({ ...deps, stores: real }));
  const app = createApp(deps, {
    ...{ signIn, ingest, publicUrl, trustProxy: true, webDir: null, version: 'test' },
    oidc: instead.oidc ?? null,
    ledger: { key: null, publicUrl, anchors: [] },
    metricsToken: null,
    assistant: { secret: 'only for tests, 32 characters long', endpoint: null },
  });
  let people = 0;
  const lastAudit = async (): Promise<string> => {
    const { rows } = await real.postgres.query<{ last: string }>('SELECT coalesce(max(id), 0) AS last FROM audit_log');
    return rows[0]?.last ?? '';
  };

  function browser(): Browser {
    const jar = new Map<string, string>();
    const address = `10.0.${Math.floor(++people / 250)}.${people % 250}`;
    const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const call = async (method: string, path: string, body?: unknown, extra: Record<string, string> = {}) => {
      const headers: Record<string, string> = { host: 'heng.test', origin, 'x-forwarded-for': address, ...extra };
      if (jar.size > 0 && extra.cookie === undefined) headers.cookie = cookies();
      if (body !== undefined) headers['content-type'] ??= 'application/json';
      const before = method === 'GET' ? null : await lastAudit();
      const response = await app.request(`${origin}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      if (before !== null && (await mustBeAudited(method, path, response)) && (await lastAudit()) === before)
        throw new Error(`${method} ${path} left no line in the audit log`);
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (name === undefined || value === undefined) continue;
        if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
        else jar.set(name, value);
      }
      return response;
    };
    return Object.assign(call, { cookies });
  }

  async function person({ role, scope = { kind: 'all' }, agentId = null, email: given }: Place) {
    const id = randomUUID();
    const email = given ?? `${id}@heng.test`;
    const password = `password of ${email}`;
    const userId = await signIn.setPassword({ email, name: role, password });
    const member = { id, email, name: role, role, scope, agentId, userId };
    await insertMember(stores.postgres, {
      ...member,
      createdAt: new Date(clock.nowMs),
      deactivatedAt: null,
      lastSeenAt: null,
    });
    return { email, password, actor: { userId: id, name: role, role, scope, agentId } };
  }

  return {
    ...{ app, deps, stores, signIn, clock, browser, person },
    async signedIn(place) {
      const { email, password, actor } = await person(place);
      const client = browser();
      const answer = await client('POST', '/api/auth/sign-in/email', { email, password });
      if (answer.status !== 204) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
      return Object.assign(client, { actor });
    },
    async close() {
      await ingest.close();
      await stores.close();
    },
  };
}
