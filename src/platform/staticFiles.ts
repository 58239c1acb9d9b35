import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import type { HengEnv } from './http.ts';
import { contentSecurityPolicy, newNonce, noncePlaceholder } from './security.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

interface StaticFile {
  readonly path: string;
  readonly etag: string;
  readonly modifiedMs: number;
}

/**
 * The built pages of one directory: ETag and 304, a year of cache for files named by their hash, `.br` and `.gz` siblings
 * where the browser takes them. Any other path of a page gets index.html, because the pages route themselves.
 * Looks at the disk each time, so that a build beneath a running server is served at once.
 */
export function staticFiles(directory: string): MiddlewareHandler<HengEnv> {
  const known = new Map<string, StaticFile>();

  /** Null for what is no file; a name can only lead down, never to hidden files. */
  function fileAt(name: string): StaticFile | null {
    if (!/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(name)) return null;
    const path = join(directory, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return null;
    const before = known.get(name);
    if (before?.modifiedMs === stats.mtimeMs) return before;
    const etag = createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22);
    const file = { path, etag, modifiedMs: stats.mtimeMs };
    known.set(name, file);
    return file;
  }

  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const asked = c.req.path.slice(1);
    const plain = asked === 'index.html' ? null : fileAt(asked);
    if (!plain) {
      // A missing script must fail as one, not arrive as a page.
      if (extname(asked) !== '' && asked !== 'index.html') return next();
      if (!fileAt('index.html')) return next();
      const html = readFileSync(join(directory, 'index.html'), 'utf8');
      const nonce = html.includes(noncePlaceholder) ? newNonce() : null;
      c.header('content-security-policy', contentSecurityPolicy(nonce));
      c.header('cache-control', 'no-cache');
      return c.html(nonce === null ? html : html.replaceAll(noncePlaceholder, nonce));
    }
    const packed = packings(c.req.header('accept-encoding'))
      .map((packing) => ({ name: packing.name, file: fileAt(asked + packing.suffix) }))
      .find((each) => each.file);
    const file = packed?.file ?? plain;
    const etag = `"${file.etag}"`;
    c.header('etag', etag);
    c.header('vary', 'accept-encoding');
    c.header(
      'cache-control',
      /[-.][\w-]{8,40}\.\w{1,10}$/.test(asked) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304);
    c.header('content-type', types[extname(asked)] ?? 'application/octet-stream');
    if (packed) c.header('content-encoding', packed.name);
    return c.body(new Uint8Array(readFileSync(file.path)));
  };
}

/** What the browser takes, best first. */
function packings(accepts: string | undefined): { name: 'br' | 'gzip'; suffix: string }[] {
  const taken = new Set(accepts?.split(',').map((each) => each.split(';')[0]?.trim()));
  const known = [
    { name: 'br', suffix: '.br' },
    { name: 'gzip', suffix: '.gz' },
  ] as const;
  return known.filter(({ name }) => taken.has(name));
}
