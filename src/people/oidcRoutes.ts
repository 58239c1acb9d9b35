import { createRoute, z } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { HengError, NotFound } from '../platform/errors.ts';
import { type Deps, type HengApp, outline } from '../platform/http.ts';
import type { CompanyRefusal } from './companyRefusals.ts';
import { attemptMinutes, Oidc, OidcFailure, type OidcSettings } from './oidc.ts';
import { oidcCallback } from './oidcSettings.ts';
import { ownPath } from './ownPath.ts';
import { browserOf, setCookies } from './routeParts.ts';
import type { SignIn } from './signIn.ts';
import { signInByCompany } from './verbs/signInByCompany.ts';

const cookieName = 'heng.oidc';
const path = '/api/auth/oidc';
const toElsewhere = { 302: { description: 'To another page' } } as const;

/** Signing in by the company's own sign-in: a browser goes there and comes back; these two answer with where it goes next. */
export function oidcRoutes(app: HengApp, deps: Deps, signIn: SignIn, settings: OidcSettings | null): void {
  const oidc = settings && new Oidc({ now: deps.now, secret: signIn.secret }, settings);
  const secure = settings?.redirectUri.startsWith('https:') ?? false;
  const cookie = { path, httpOnly: true, sameSite: 'Lax', secure } as const;

  app.openapi(
    createRoute({
      method: 'get',
      path,
      tags: ['sign-in'],
      request: { query: z.object({ next: z.string().max(2000).optional() }) },
      responses: toElsewhere,
    }),
    async (c) => {
      if (!oidc) throw new NotFound('notFound');
      try {
        const { url, attempt } = await oidc.begin(ownPath(c.req.valid('query').next));
        setCookie(c, cookieName, attempt, { ...cookie, maxAge: attemptMinutes * 60 });
        return c.redirect(url, 302);
      } catch (cause) {
        return c.redirect(refusedPage(cause), 302);
      }
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: oidcCallback,
      tags: ['sign-in'],
      request: {
        query: z
          .object({ code: z.string().max(4000), state: z.string().max(200), error: z.string().max(200) })
          .partial(),
      },
      responses: toElsewhere,
    }),
    async (c) => {
      if (!oidc) throw new NotFound('notFound');
      const attempt = getCookie(c, cookieName);
      deleteCookie(c, cookieName, cookie);
      try {
        const { email, next } = await oidc.finish(attempt, c.req.valid('query'));
        setCookies(c, await signInByCompany(deps, signIn, email, browserOf(c)));
        return c.redirect(next, 302);
      } catch (cause) {
        return c.redirect(refusedPage(cause), 302);
      }
    },
  );

  /** The page of signing in, with the reason in a word; what is no expected failure is logged without what it was about. */
  function refusedPage(cause: unknown): string {
    const word = refusalOf(cause);
    if (word === 'failed') deps.log.error({ part: 'oidc', ...outline(cause) }, 'sign-in by the company failed');
    else if (cause instanceof OidcFailure) deps.log.warn({ part: 'oidc', trouble: cause.trouble }, 'sign-in refused');
    return `/sign-in?refused=${word}`;
  }
}

function refusalOf(cause: unknown): CompanyRefusal {
  if (cause instanceof HengError && cause.code === 'oidc.unknown') return 'unknown';
  if (cause instanceof HengError && cause.code === 'signIn.deactivated') return 'deactivated';
  if (!(cause instanceof OidcFailure)) return 'failed';
  switch (cause.trouble) {
    case 'unverified':
    case 'noEmail':
      return 'unverified';
    case 'state':
      return 'state';
    case 'declined':
      return 'declined';
    default:
      return 'provider';
  }
}
