import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { HengEnv } from './http.ts';

const current = new AsyncLocalStorage<string>();

/** The id of the request that is being answered, for whoever writes a line into the log; undefined outside of one. */
export const currentRequest = (): string | undefined => current.getStore();

/**
 * Gives each request an id, which its answer names and every line of the log that comes of it, also from work that goes on after the
 * answer. A trusted proxy may bring its own.
 */
export function requestIds({ trustProxy }: { trustProxy: boolean }): MiddlewareHandler<HengEnv> {
  return async (c, next) => {
    const given = trustProxy ? c.req.header('x-request-id') : undefined;
    const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    c.set('requestId', id);
    await current.run(id, next);
    c.res.headers.set('x-request-id', id);
  };
}
