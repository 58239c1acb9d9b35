import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './ingest/groupCommit.ts';
import { createApp } from './main.ts';
import { Unavailable } from './platform/errors.ts';
import { connected } from './platform/externalClickhouse.ts';
import type { Deps } from './platform/http.ts';
import { silentLog } from './platform/log.ts';

/** The server while both engines are away: PostgreSQL refuses connections, ClickHouse is being started again. */
function withoutEngines(options: { publicUrl?: string } = {}) {
  const away = () => {
    throw new Unavailable('clickhouse.starting', 3);
  };
  const { clickhouse } = connected({
    ...{ layout: { kind: 'single' }, local: 'heng', all: 'heng' },
    ...{ servers: [away], shards: [away] },
  });
  const deps: Deps = {
    stores: {
      clickhouse,
      postgres: new pg.Pool({ host: '127.0.0.1', port: 1 }),
      dataDir: '/nowhere',
    },
    now: Date.now,
    timeZone: 'Asia/Shanghai',
    log: silentLog,
  };
  const signIn = {
    handle: async () => new Response(),
    session: async () => null,
    secret: 'only for tests',
    setPassword: async () => 'nobody',
    accountOf: async () => 'nobody',
    openSession: async () => [],
    isPassword: async () => false,
    endSessions: async () => undefined,
  };
  const nothing = async () => undefined;
  const ingest = {
    deps,
    groups: new GroupCommit(async () => [], 1),
    afterCommit: nothing,
    track: () => undefined,
    close: nothing,
  };
  return createApp(deps, {
    ...{
      ledger: { key: null, publicUrl: null, anchors: [] },
      signIn,
      ingest,
      oidc: null,
      assistant: { secret: 'only for tests', endpoint: null },
    },
    publicUrl: options.publicUrl ?? null,
    trustProxy: false,
    webDir: null,
    version: 'test',
  });
}

describe('the server', () => {
  it.each(['/readyz', '/api/welcome'])('%s answers 503 with Retry-After while an engine is away', async (path) => {
    const response = await withoutEngines().request(path);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    const { error } = (await response.json()) as { error: { code: string; message: { zh: string; en: string } } };
    expect(error.code).toBe('postgres.unreachable');
    expect(error.message.zh).toContain('恢复');
  });

  it('is alive without its engines', async () => {
    expect((await withoutEngines().request('/healthz')).status).toBe(200);
  });

  it('refuses a body above 1 MiB, announced or not', async () => {
    const app = withoutEngines();
    const body = JSON.stringify({ token: 'x'.repeat(2 * 1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    const announced = await app.request('/api/setup/look', { method: 'POST', headers, body });
    expect(announced.status).toBe(413);
    const stream = new Blob([body]).stream();
    const streamed = new Request('http://localhost/api/setup/look', {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect((await app.request(streamed)).status).toBe(413);
  });

  it('answers broken JSON, a wrong shape and an unknown path each in its own way, in both languages', async () => {
    const app = withoutEngines();
    const post = (body: string) =>
      app.request('/api/setup/look', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answers = [
      await post('{'),
      await post('{"token":7}'),
      await app.request('/api/nothing'),
      await app.request('/x'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 422, 401, 404]);
    for (const answer of answers) {
      const { error } = (await answer.json()) as { error: { message: { zh: string; en: string } } };
      expect(error.message.zh).toMatch(/[\u4e00-\u9fa5]/);
      expect(error.message.en).toMatch(/[a-z]/);
    }
  });

  it('sends the security headers with every answer, and tells browsers to stay on https where it is used', async () => {
    const plain = await withoutEngines().request('/api/nothing');
    expect(plain.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    expect(plain.headers.get('cache-control')).toBe('no-store');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const secure = await withoutEngines({ publicUrl: 'https://heng.example' }).request('/healthz');
    expect(secure.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('describes its API', async () => {
    const document = (await (await withoutEngines().request('/api/openapi.json')).json()) as {
      openapi: string;
    };
    expect(document.openapi).toMatch(/^3\.1/);
  });
});
