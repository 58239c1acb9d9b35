import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HengEnv } from './http.ts';
import { staticFiles } from './staticFiles.ts';

const directory = mkdtempSync(join(tmpdir(), 'heng-web-'));
const app = new Hono<HengEnv>();
beforeAll(() => {
  mkdirSync(join(directory, 'web/assets'), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  write('secret.txt', 'outside');
  write('web/index.html', '<html><style nonce="__CSP_NONCE__"></style></html>');
  write('web/assets/main-BxQ3k9aZ.js', 'plain');
  write('web/assets/main-BxQ3k9aZ.js.br', 'as brotli');
  write('web/robots.txt', 'none');
  app.use('*', staticFiles(join(directory, 'web')));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the built pages', () => {
  it('a file named by its hash is cached for a year and answers 304 to its ETag', async () => {
    const first = await app.request('/assets/main-BxQ3k9aZ.js');
    expect(first.headers.get('cache-control')).toContain('immutable');
    expect(first.headers.get('content-type')).toContain('text/javascript');
    const etag = first.headers.get('etag') ?? '';
    const second = await app.request('/assets/main-BxQ3k9aZ.js', { headers: { 'if-none-match': etag } });
    expect([second.status, await second.text()]).toEqual([304, '']);
  });

  it('other files are asked for again each time', async () => {
    expect((await app.request('/robots.txt')).headers.get('cache-control')).toBe('no-cache');
  });

  it('a compressed sibling is sent to a browser that takes it', async () => {
    const headers = { 'accept-encoding': 'gzip, br;q=0.9' };
    const response = await app.request('/assets/main-BxQ3k9aZ.js', { headers });
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual(['br', 'as brotli']);
  });

  it.each(['/', '/index.html', '/scorecards/A1', '/setup?token=x'])(
    '%s is the page, with a nonce of its own',
    async (path) => {
      const nonces = new Set<string>();
      for (let round = 0; round < 2; round++) {
        const response = await app.request(path);
        const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? '';
        expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self'(;| 'nonce)/);
        nonces.add(nonce);
      }
      expect(nonces.size).toBe(2);
    },
  );

  it.each([
    '/assets/gone-12345678.js',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
  ])('%s is not found', async (path) => {
    const response = await app.request(path);
    expect(await response.text()).not.toContain('outside');
    expect([404, 200]).toContain(response.status);
    if (response.status === 200) expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('what is built beneath a running server is served at once', async () => {
    expect((await app.request('/assets/later-AbCd1234.js')).status).toBe(404);
    writeFileSync(join(directory, 'web/assets/later-AbCd1234.js'), 'later');
    expect(await (await app.request('/assets/later-AbCd1234.js')).text()).toBe('later');
    writeFileSync(join(directory, 'web/robots.txt'), 'all of them');
    expect(await (await app.request('/robots.txt')).text()).toBe('all of them');
  });

  it('hidden files stay hidden', async () => {
    mkdirSync(join(directory, 'web/.vite'));
    writeFileSync(join(directory, 'web/.vite/manifest.json'), 'hidden');
    expect((await app.request('/.vite/manifest.json')).status).toBe(404);
  });

  it('only reading is answered', async () => {
    expect((await app.request('/robots.txt', { method: 'POST' })).status).toBe(404);
  });
});
