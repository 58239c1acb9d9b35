import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import type { Actor } from '../people/actor.ts';
import { BadFile, BadInput, HengError, Invalid, NotSignedIn } from './errors.ts';
import type { Log } from './log.ts';
import { postgresOutage } from './outage.ts';
import { type Sentences, sentenceOf } from './sentences.ts';
import type { Stores } from './stores.ts';

/** `address` is the caller's network address; `actor` is set wherever a route demands sign-in; `requestId` names the request in the log. */
export type HengEnv = { Variables: { actor: Actor; address: string; requestId?: string } };
export type HengApp = OpenAPIHono<HengEnv>;

/** What every route file is given. Time and zone are arguments, so that tests choose them. */
export interface Deps {
  readonly stores: Stores;
  readonly now: () => number;
  readonly timeZone: string;
  readonly log: Log;
}

/** An app that answers every failure as `{ error: { code, params, issues?, message: { zh, en }, requestId? } }`. */
export function createApp(options: { log: Log; sentences?: Sentences }): HengApp {
  const app: HengApp = new OpenAPIHono<HengEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new Invalid(
        'request.invalid',
        result.error.issues.map((issue) => ({
          path: [result.target, ...issue.path].join('.'),
          code: issue.code,
          params: { message: issue.message },
        })),
      );
    },
  });
  app.onError((cause, c) => {
    const error = postgresOutage(cause) ?? unstorableText(cause) ?? cause;
    if (error instanceof HengError) {
      if (error.status === 503 || error.status === 429)
        c.header('Retry-After', String(error.params.retryAfterSeconds ?? 1));
      return c.json(under(c, errorBody(error, options.sentences)), error.status);
    }
    if (error instanceof HTTPException) {
      return c.json(
        under(c, plainBody(error.status === 413 ? 'request.tooLarge' : 'request.refused', options.sentences)),
        error.status,
      );
    }
    // Only the class and code are logged: a driver's message may quote the row it failed on.
    options.log.error({ route: patternOf(c), method: c.req.method, ...outline(error) }, 'request failed');
    return c.json(under(c, plainBody('internal', options.sentences)), 500);
  });
  app.notFound((c) => c.json(under(c, plainBody('notFound', options.sentences)), 404));
  return app;
}

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly params: Readonly<Record<string, string | number>>;
    readonly issues?: Invalid['issues'];
    readonly message: { readonly zh: string; readonly en: string };
    /** By which whoever keeps the log finds what happened. */
    readonly requestId?: string;
  };
}

function under(c: Context<HengEnv>, { error }: ErrorBody): ErrorBody {
  const { requestId } = c.var;
  return { error: requestId === undefined ? error : { ...error, requestId } };
}

/** The route that a request came to, as it was written: `/api/people/:id`, without what stands in its place. */
export function patternOf(c: Context<HengEnv>): string {
  const own = matchedRoutes(c).findLast(({ method, path }) => method !== 'ALL' && !path.endsWith('*'));
  return own?.path ?? (c.req.path.startsWith('/api/') ? 'unknown' : 'page');
}

export function errorBody(error: HengError, sentences: Sentences = {}): ErrorBody {
  return {
    error: {
      code: error.code,
      params: error.params,
      ...(error instanceof Invalid || error instanceof BadFile ? { issues: error.issues } : {}),
      message: sentenceOf(error, sentences),
    },
  };
}

function plainBody(code: string, sentences: Sentences = {}): ErrorBody {
  return { error: { code, params: {}, message: sentenceOf({ code, params: {} }, sentences) } };
}

/** Enough to find a failure in the code, nothing of the data it handled. */
export function outline(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  // The message comes first in the stack, and may quote anything: what follows it are places in the code.
  const stack = error.stack ?? '';
  const frames = stack.slice(Math.max(0, stack.indexOf(error.message)) + error.message.length).split('\n');
  const at = frames.find((line) => /^\s*at .*:\d+:\d+\)?$/.test(line));
  return {
    error: error.name,
    ...('code' in error && error.code !== undefined ? { code: String(error.code) } : {}),
    ...(at ? { at: at.trim() } : {}),
  };
}

/** PostgreSQL stores no null byte; whoever sends one in a name or a plan learns so. */
function unstorableText(error: Error): BadInput | null {
  const code = 'code' in error ? error.code : undefined;
  return code === '22021' || code === '22P05' ? new BadInput('request.nullByte', {}, { cause: error }) : null;
}

export interface Identified {
  readonly actor: Actor;
  /** Cookies to send back, when the session was prolonged. */
  readonly setCookie: readonly string[];
}

/** Sets `c.var.actor`, or answers 401. `identify` reads the session or key of the request's headers. */
export function authenticate(identify: (headers: Headers) => Promise<Identified | null>): MiddlewareHandler<HengEnv> {
  return async (c, next) => {
    const found = await identify(c.req.raw.headers);
    if (!found) throw new NotSignedIn('signIn.needed');
    c.set('actor', found.actor);
    for (const cookie of found.setCookie) c.header('Set-Cookie', cookie, { append: true });
    await next();
  };
}
