import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { getMigrations } from 'better-auth/db/migration';
import { z } from 'zod';
import { Conflict, Forbidden, type HengError, Invalid, NotSignedIn, TooMany } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { whileMigrating } from '../platform/migratePostgres.ts';
import { checkCode } from './checkCode.ts';
import { passwordLength } from './passwordRules.ts';
import { secondFactorOf } from './secondFactorStore.ts';
import { activeMemberOfUser } from './store.ts';

/** The header that carries the code of the second factor to where sessions are made; what a client sends under this name is dropped. */
export const codeHeader = 'x-heng-code';

/** The header that carries the caller's address to the sign-in limiter; what a client sends under this name is dropped. */
export const addressHeader = 'x-heng-address';

export interface SignIn {
  /** What signs sessions and seals second factors. */
  readonly secret: string;
  /** Passes a request to better-auth's endpoint of the same path; its failures are thrown as ours. */
  handle(request: Request): Promise<Response>;
  /** Whose session the cookie is, and the cookies to renew; null without a valid session. */
  session(headers: Headers): Promise<{ userId: string; setCookie: readonly string[] } | null>;
  /** Makes the account if there is none, sets its password and ends its sessions. Returns the account's id. */
  setPassword(account: { email: string; name: string; password: string }): Promise<string>;
  /** The account of this e-mail, made without a password where there is none. */
  accountOf(person: { email: string; name: string }): Promise<string>;
  /** A session for somebody who has shown elsewhere who they are; the cookies. `request`: whose browser it is. */
  openSession(userId: string, request: Headers): Promise<readonly string[]>;
  /** Throws Conflict `password.none` where the account has none. */
  isPassword(userId: string, password: string): Promise<boolean>;
  endSessions(userId: string): Promise<void>;
}

export interface SignInOptions {
  readonly secret: string;
  /** The address people type, when it is known (`HENG_URL`). https makes the cookies secure. */
  readonly publicUrl: string | null;
  /** Other than better-auth's scrypt, which is slow on purpose: tests sign in hundreds of times. */
  readonly passwords?: {
    hash(password: string): Promise<string>;
    verify(given: { hash: string; password: string }): Promise<boolean>;
  };
}

const openSessionPath = '/open-session';

/** Opens sessions for us alone: marked so, better-auth has no address for it. */
const openSession = createAuthEndpoint(
  openSessionPath,
  { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
  async (context) => {
    const { internalAdapter } = context.context;
    const user = await internalAdapter.findUserById(context.body.userId);
    if (!user) throw new APIError('FORBIDDEN', { code: 'DEACTIVATED' });
    const session = await internalAdapter.createSession(user.id);
    await setSessionCookie(context, { session, user });
    return context.json({ opened: true });
  },
);

const oneDay = 24 * 60 * 60;

/** E-mail and password by better-auth on our own PostgreSQL. Makes or upgrades its tables first. */
export async function openSignIn(deps: Pick<Deps, 'stores' | 'log' | 'now'>, options: SignInOptions): Promise<SignIn> {
  const secure = options.publicUrl?.startsWith('https:') ?? false;
  const settings = {
    appName: 'Heng',
    database: deps.stores.postgres,
    secret: options.secret,
    basePath: '/api/auth',
    ...(options.publicUrl ? { baseURL: options.publicUrl } : {}),
    // Without a configured address, the host the browser asked for (a proxy may have taken the https off); the server has
    // checked Origin against it before.
    trustedOrigins: (request) =>
      request ? ['http', 'https'].map((scheme) => `${scheme}://${new URL(request.url).host}`) : [],
    telemetry: { enabled: false },
    logger: { log: (level, message) => deps.log[level === 'error' ? 'warn' : 'debug']({ part: 'signIn' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      ...(options.passwords ? { password: options.passwords } : {}),
    },
    plugins: [{ id: 'heng', endpoints: { openSession } }],
    user: { modelName: 'auth_users' },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    session: { modelName: 'auth_sessions', expiresIn: 7 * oneDay, updateAge: oneDay },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limits',
      window: 60,
      max: 240,
      // A whole floor signs in from one address at nine; guessing at one person is slowed by `guesses.ts` besides.
      customRules: { '/sign-in/email': { window: 60, max: 60 }, '/change-password': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'heng',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const member = await activeMemberOfUser(deps.stores.postgres, session.userId);
            if (!member) throw new APIError('FORBIDDEN', { code: 'DEACTIVATED' });
            // Whoever changes their password has a session already; whoever comes from elsewhere has shown there who they are.
            if (context?.path === '/change-password' || context?.path === openSessionPath) return;
            const factor = await secondFactorOf(deps.stores.postgres, member.id);
            if (!factor?.confirmed) return;
            const code = context?.headers?.get(codeHeader);
            if (!code) throw new APIError('UNAUTHORIZED', { code: 'CODE_NEEDED' });
            const isRight = await checkCode({ ...deps, secret: options.secret }, member, code);
            if (!isRight) throw new APIError('UNAUTHORIZED', { code: 'CODE_WRONG' });
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
  await whileMigrating(deps.stores.postgres, async () => (await getMigrations(settings)).runMigrations());
  await deps.stores.postgres.query('DELETE FROM auth_sessions WHERE "expiresAt" < now()');
  const auth = betterAuth(settings);
  const context = await auth.$context;
  const accounts = context.internalAdapter;

  const accountOf = async ({ email, name }: { email: string; name: string }) => {
    const known = await accounts.findUserByEmail(email, { includeAccounts: true });
    const user =
      known?.user ?? (await accounts.createUser({ email, name, emailVerified: true }, { method: 'email-password' }));
    return { user, accounts: known?.accounts ?? [] };
  };

  return {
    secret: options.secret,
    async handle(request) {
      const response = await auth.handler(request);
      if (response.ok) return response;
      throw await failureOf(response);
    },
    async session(headers) {
      const { headers: answer, response } = await auth.api.getSession({ headers, returnHeaders: true });
      return response ? { userId: response.user.id, setCookie: answer.getSetCookie() } : null;
    },
    async setPassword({ email, name, password }) {
      const hash = await context.password.hash(password);
      const { user, accounts: known } = await accountOf({ email, name });
      if (known.some((account) => account.providerId === 'credential')) {
        await accounts.updatePassword(user.id, hash);
      } else {
        await accounts.linkAccount({ userId: user.id, accountId: user.id, providerId: 'credential', password: hash });
      }
      await accounts.deleteUserSessions(user.id);
      return user.id;
    },
    accountOf: async (person) => (await accountOf(person)).user.id,
    async openSession(userId, request) {
      const { headers } = await auth.api.openSession({ body: { userId }, headers: request, returnHeaders: true });
      return headers.getSetCookie();
    },
    async isPassword(userId, password) {
      const known = (await accounts.findAccounts(userId)).find((account) => account.providerId === 'credential');
      if (!known?.password) throw new Conflict('password.none');
      return context.password.verify({ hash: known.password, password });
    },
    endSessions: (userId) => accounts.deleteUserSessions(userId),
  };
}

async function failureOf(response: Response): Promise<HengError | Error> {
  if (response.status === 429) {
    return new TooMany('signIn.tooMany', { retryAfterSeconds: Number(response.headers.get('x-retry-after')) || 60 });
  }
  const body: unknown = await response.json().catch(() => null);
  const code = body && typeof body === 'object' && 'code' in body ? body.code : null;
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'INVALID_EMAIL':
      return new NotSignedIn('signIn.refused');
    case 'CODE_NEEDED':
      return new NotSignedIn('signIn.codeNeeded');
    case 'CODE_WRONG':
      return new NotSignedIn('code.wrong');
    case 'DEACTIVATED':
      return new Forbidden('signIn.deactivated');
    case 'INVALID_PASSWORD':
      return new Invalid('password.wrong', [{ path: 'json.currentPassword', code: 'password.wrong' }]);
    case 'CREDENTIAL_ACCOUNT_NOT_FOUND':
      return new Conflict('password.none');
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return new Invalid('password.length', [{ path: 'json.newPassword', code: 'password.length' }]);
  }
  if (response.status === 401) return new NotSignedIn('signIn.needed');
  if (response.status === 403) return new Forbidden('origin.foreign');
  return new Error(`sign-in answered ${response.status} ${String(code)}`);
}
