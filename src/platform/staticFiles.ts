import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join, posix, relative, sep } from 'node:path';
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
 * Only files that the directory lists are ever opened, so no path leads out of it.
 */
export async function staticFiles(directory: string): Promise<MiddlewareHandler<HengEnv>> {
  const names = new Set(existsSync(directory) ? await listFiles(directory) : []);
  const known = new Map<string, StaticFile>();

  function fileAt(name: string): StaticFile {
    const path = join(directory, name);
    const modifiedMs = statSync(path).mtimeMs;
    const before = known.get(name);
    if (before?.modifiedMs === modifiedMs) return before;
    const etag = createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22);
    const file = { path, etag, modifiedMs };
    known.set(name, file);
    return file;
  }

  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const asked = c.req.path.slice(1);
    const isPage = !names.has(asked) || asked === 'index.html';
    if (isPage) {
      // A missing script must fail as one, not arrive as a page.
      if (!names.has('index.html') || (asked !== '' && extname(asked) !== '' && asked !== 'index.html')) return next();
      const html = readFileSync(join(directory, 'index.html'), 'utf8');
      const nonce = html.includes(noncePlaceholder) ? newNonce() : null;
      c.header('content-security-policy', contentSecurityPolicy(nonce));
      c.header('cache-control', 'no-cache');
      return c.html(nonce === null ? html : html.replaceAll(noncePlaceholder, nonce));
    }
    const encoding = acceptedEncoding(c.req.header('accept-encoding'), asked, names);
    const file = fileAt(asked + encoding.suffix);
    const etag = `"${file.etag}"`;
    c.header('etag', etag);
    c.header('vary', 'accept-encoding');
    c.header('cache-control', /[-.][\w-]{8,}\.\w+$/.test(asked) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304);
    c.header('content-type', types[extname(asked)] ?? 'application/octet-stream');
    if (encoding.name) c.header('content-encoding', encoding.name);
    return c.body(new Uint8Array(readFileSync(file.path)));
  };
}

function acceptedEncoding(
  accepts: string | undefined,
  name: string,
  names: ReadonlySet<string>,
): { name: 'br' | 'gzip' | null; suffix: string } {
  const offered = new Set(accepts?.split(',').map((each) => each.split(';')[0]?.trim()));
  if (offered.has('br') && names.has(`${name}.br`)) return { name: 'br', suffix: '.br' };
  if (offered.has('gzip') && names.has(`${name}.gz`)) return { name: 'gzip', suffix: '.gz' };
  return { name: null, suffix: '' };
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join(posix.sep));
}
