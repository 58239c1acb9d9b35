import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Forbidden, TooLarge } from './errors.ts';
import type { HengEnv } from './http.ts';

/** The place in index.html that each answer fills with a nonce of its own. */
export const noncePlaceholder = '__CSP_NONCE__';

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * What a page may load. Scripts only from here. Style elements need the nonce, which nothing has where there is none; style
 * attributes in markup are refused (what scripts set on an element's style is no markup).
 */
export function contentSecurityPolicy(nonce: string | null): string {
  return [
    `default-src 'self'`,
    `script-src 'self'`,
    nonce === null ? `style-src 'self'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'none'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `connect-src 'self'`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Headers of every answer. `secure` when people reach us by https. */
export function securityHeaders({ secure }: { secure: boolean }): MiddlewareHandler<HengEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('content-security-policy')) {
      headers.set('content-security-policy', `default-src 'none'; frame-ancestors 'none'`);
    }
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000');
    if (c.req.path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}

/**
 * Refuses what another site makes a browser send. A request that changes something must come from our own pages when it
 * carries an Origin or a cookie; programs with a key carry neither.
 */
export function ownOriginOnly(publicUrl: string | null): MiddlewareHandler<HengEnv> {
  const publicHost = publicUrl ? new URL(publicUrl).host : null;
  return async (c, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
      const origin = c.req.header('origin');
      const fetchSite = c.req.header('sec-fetch-site');
      const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
      const own =
        host !== null && (host === publicHost || host === c.req.header('host') || host === new URL(c.req.url).host);
      if (origin !== undefined ? !own : c.req.header('cookie') !== undefined && fetchSite !== 'same-origin') {
        throw new Forbidden('origin.foreign');
      }
    }
    await next();
  };
}

/** Answers 413 to a body above the limit, whether it announces its length or not. */
export function limitBody(maxBytes: number): MiddlewareHandler<HengEnv> {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new TooLarge('request.tooLarge', { maxBytes });
    },
  });
}
