import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './ingest/groupCommit.ts';
import { createApp } from './main.ts';
import { Unavailable } from './platform/errors.ts';
import { connected } from './platform/externalClickhouse.ts';
import type { Deps } from './platform/http.ts';
import { type Log, silentLog } from './platform/log.ts';
import { currentRequest } from './platform/requestId.ts';

/** The server while both engines are away: PostgreSQL refuses connections, ClickHouse is being started again. */
function withoutEngines(options: { publicUrl?: string; metricsToken?: string; log?: Log } = {}) {
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
    log: options.log ?? silentLog,
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
    metricsToken: options.metricsToken ?? null,
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

  it('tells figures of operation to whoever has the token alone, and that an engine is down without making up what it would say', async () => {
    const ask = (app: ReturnType<typeof withoutEngines>, authorization?: string) =>
      app.request('/metrics', authorization ? { headers: { authorization } } : {});
    expect((await ask(withoutEngines(), 'Bearer ')).status).toBe(404);
    const app = withoutEngines({ metricsToken: 'only-for-tests-16' });
    for (const wrong of [undefined, 'Bearer only-for-tests-17', 'only-for-tests-16'])
      expect((await ask(app, wrong)).status).toBe(401);
    // The page of the metrics has the same address.
    expect((await app.request('/metrics', { headers: { accept: 'text/html,*/*' } })).status).not.toBe(401);
    await app.request('/api/people/1390000-secret', { method: 'PATCH' });
    const answer = await ask(app, 'Bearer only-for-tests-16');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('version=0.0.4'),
    ]);
    const text = await answer.text();
    expect(text).toContain('heng_engine_up{engine="postgres"} 0\nheng_engine_up{engine="clickhouse"} 0\n');
    expect(text).toContain('_count{method="PATCH",route="/api/people/:id",status="401"} 1\n');
    expect(text).not.toContain('heng_ledger_entries');
    expect(text).not.toContain('1390000-secret');
  });

  it('names each request in its answer and in what it logs, and logs nothing of what the request or the engine said', async () => {
    const lines: object[] = [];
    const note = (fields: object) => void lines.push({ ...fields, requestId: currentRequest() });
    const log = { debug: note, info: note, warn: note, error: note };
    const app = withoutEngines({ log });
    app.get('/boom/:phone', () => {
      throw new Error('key (phone)=(13800138000)\n    at 13800138000 already exists');
    });
    const answer = await app.request('/boom/13800138000?text=secret');
    const { error } = (await answer.json()) as { error: { requestId: string } };
    expect(error.requestId).toBe(answer.headers.get('x-request-id'));
    expect(lines).toMatchObject([{ requestId: error.requestId, route: '/boom/:phone', error: 'Error' }]);
    expect(JSON.stringify(lines)).not.toMatch(/13800138000|secret/);
  });

  it('describes its API', async () => {
    const document = (await (await withoutEngines().request('/api/openapi.json')).json()) as {
      openapi: string;
    };
    expect(document.openapi).toMatch(/^3\.1/);
  });
});
