import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HengError } from '../platform/errors.ts';
import type { Deps, HengApp, HengEnv } from '../platform/http.ts';
import { accountRoutes } from './accountRoutes.ts';
import { roles } from './actor.ts';
import { audit } from './audit.ts';
import { guessed } from './guesses.ts';
import { forgetGuesses } from './guessStore.ts';
import { identify } from './identify.ts';
import type { OidcSettings } from './oidc.ts';
import { oidcRoutes } from './oidcRoutes.ts';
import { oidcCallback } from './oidcSettings.ts';
import { mayRole, permissions, permissionsOf } from './permissions.ts';
import { browserOf, giving, nothing, setCookies, taking } from './routeParts.ts';
import {
  auditQuerySchema,
  auditSchema,
  changePasswordSchema,
  createdKeySchema,
  createKeySchema,
  createPersonSchema,
  finishSetupSchema,
  idParamSchema,
  invitedSchema,
  keysSchema,
  type Me,
  meSchema,
  peopleSchema,
  personSchema,
  rolesTableSchema,
  setupLookSchema,
  setupSchema,
  signInSchema,
  updatePersonSchema,
  welcomeSchema,
} from './schemas.ts';
import { secondFactorStanding } from './secondFactorStore.ts';
import { codeHeader, type SignIn } from './signIn.ts';
import { countAdministrators, memberByEmail, memberById, setting } from './store.ts';
import { changePassword } from './verbs/changePassword.ts';
import { createKey } from './verbs/createKey.ts';
import { createPerson } from './verbs/createPerson.ts';
import { deleteKey } from './verbs/deleteKey.ts';
import { endWait } from './verbs/endWait.ts';
import { finishSetup } from './verbs/finishSetup.ts';
import { listKeys } from './verbs/listKeys.ts';
import { listPeople } from './verbs/listPeople.ts';
import { lookAtSetup } from './verbs/lookAtSetup.ts';
import { readAudit } from './verbs/readAudit.ts';
import { renewLink } from './verbs/renewLink.ts';
import { setDeactivated } from './verbs/setDeactivated.ts';
import { updatePerson } from './verbs/updatePerson.ts';

/** The routes that answer somebody who has not signed in; every other one demands an actor. */
export const openPaths: readonly string[] = [
  '/api/welcome',
  '/api/setup',
  '/api/setup/look',
  '/api/auth/sign-in/email',
  '/api/auth/sign-out',
  '/api/auth/oidc',
  oidcCallback,
];

export function peopleRoutes(app: HengApp, deps: Deps, signIn: SignIn, oidc: OidcSettings | null): void {
  signInRoutes(app, deps, signIn, oidc !== null);
  oidcRoutes(app, deps, signIn, oidc);
  accountRoutes(app, deps, signIn);
  const { postgres } = deps.stores;

  app.openapi(
    createRoute({ method: 'get', path: '/api/me', tags: ['people'], responses: giving(meSchema, 'Who is signed in') }),
    async (c) => {
      const { actor } = c.var;
      const member = await memberById(postgres, actor.userId);
      const granted = permissionsOf(actor.role).filter((each) => actor.only?.includes(each) ?? true);
      const me = {
        ...{ ...actor, email: member?.email ?? null, permissions: granted, demo: await isDemo(deps) },
        secondFactor: member
          ? await secondFactorStanding(postgres, member)
          : { on: false, demanded: false, codesLeft: 0 },
      };
      return c.json(meSchema.parse(me) satisfies Me, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/roles',
      tags: ['people'],
      responses: giving(rolesTableSchema, 'Which role may do what'),
    }),
    (c) => {
      const rows = permissions.map((permission) => ({
        permission,
        roles: roles.filter((role) => mayRole(role, permission)),
      }));
      return c.json({ roles: [...roles], permissions: rows }, 200);
    },
  );

  app.openapi(
    createRoute({ method: 'get', path: '/api/people', tags: ['people'], responses: giving(peopleSchema, 'Everybody') }),
    async (c) => c.json(await listPeople(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people',
      tags: ['people'],
      request: taking(createPersonSchema),
      responses: giving(invitedSchema, 'The person, and the link by which they set their password'),
    }),
    async (c) => c.json(await createPerson(deps, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'patch',
      path: '/api/people/{id}',
      tags: ['people'],
      request: { params: idParamSchema, ...taking(updatePersonSchema) },
      responses: giving(personSchema, 'The person as changed'),
    }),
    async (c) => c.json(await updatePerson(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people/{id}/deactivate',
      tags: ['people'],
      request: { params: idParamSchema },
      responses: giving(personSchema, 'The person, whose sessions have ended'),
    }),
    async (c) => c.json(await setDeactivated(deps, signIn, c.var.actor, c.req.valid('param').id, true), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people/{id}/reactivate',
      tags: ['people'],
      request: { params: idParamSchema },
      responses: giving(personSchema, 'The person, who may sign in again'),
    }),
    async (c) => c.json(await setDeactivated(deps, signIn, c.var.actor, c.req.valid('param').id, false), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people/{id}/link',
      tags: ['people'],
      request: { params: idParamSchema },
      responses: giving(invitedSchema, 'A fresh one-time link; earlier ones stop working'),
    }),
    async (c) => c.json(await renewLink(deps, c.var.actor, c.req.valid('param').id), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people/{id}/end-wait',
      tags: ['people'],
      request: { params: idParamSchema },
      responses: { 204: { description: 'The person may try to sign in again at once' } },
    }),
    async (c) => {
      await endWait(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({ method: 'get', path: '/api/keys', tags: ['keys'], responses: giving(keysSchema, 'Keys in force') }),
    async (c) => c.json(await listKeys(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/keys',
      tags: ['keys'],
      request: taking(createKeySchema),
      responses: giving(createdKeySchema, 'The key; its secret is shown this once'),
    }),
    async (c) => c.json(await createKey(deps, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/keys/{id}',
      tags: ['keys'],
      request: { params: idParamSchema },
      responses: nothing,
    }),
    async (c) => {
      await deleteKey(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/audit',
      tags: ['audit'],
      request: { query: auditQuerySchema },
      responses: giving(auditSchema, 'Who did what, newest first'),
    }),
    async (c) => c.json(await readAudit(deps, c.var.actor, c.req.valid('query')), 200),
  );
}

function signInRoutes(app: HengApp, deps: Deps, signIn: SignIn, companySignIn: boolean): void {
  const { postgres } = deps.stores;

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/welcome',
      tags: ['sign-in'],
      responses: giving(welcomeSchema, 'Which page a visitor needs'),
    }),
    async (c) => {
      const needsFirstAdministrator = (await countAdministrators(postgres)) === 0;
      const signedIn = (await identify(deps, signIn, c.req.raw.headers)) !== null;
      return c.json({ needsFirstAdministrator, demo: await isDemo(deps), signedIn, companySignIn }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/setup/look',
      tags: ['sign-in'],
      request: taking(setupLookSchema),
      responses: giving(setupSchema, 'What the one-time link is for'),
    }),
    async (c) => c.json(await lookAtSetup(deps, c.req.valid('json').token), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/setup',
      tags: ['sign-in'],
      request: taking(finishSetupSchema),
      responses: { 204: { description: 'The password is set and, where it needs no code, the person signed in' } },
    }),
    async (c) => {
      const input = c.req.valid('json');
      const { email } = await finishSetup(deps, signIn, input);
      await forgetGuesses(postgres, email);
      return signInAs(c, { email, password: input.password }).catch((cause: unknown) => {
        // The password is set; the code is asked for on the page of signing in.
        if (cause instanceof HengError && cause.code === 'signIn.codeNeeded') return c.body(null, 204);
        throw cause;
      });
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/auth/sign-in/email',
      tags: ['sign-in'],
      request: taking(signInSchema),
      responses: { 204: { description: 'Signed in; the session is in the cookie' } },
    }),
    async (c) => {
      const given = c.req.valid('json');
      return guessed(deps, given.email, () => signInAs(c, given));
    },
  );

  app.openapi(
    createRoute({ method: 'post', path: '/api/auth/sign-out', tags: ['sign-in'], responses: nothing }),
    async (c) => done(c, await signIn.handle(passedOn(c, {}))),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/auth/change-password',
      tags: ['sign-in'],
      request: taking(changePasswordSchema),
      responses: { 204: { description: 'The password is changed; other sessions ended' } },
    }),
    async (c) => {
      const asked = c.req.valid('json');
      const change = () => signIn.handle(passedOn(c, asked));
      return done(c, await changePassword(deps, c.var.actor, asked.newPassword, change));
    },
  );

  async function signInAs(
    c: Context<HengEnv>,
    { email, password, code }: { email: string; password: string; code?: string | undefined },
  ) {
    const request = passedOn(c, { email, password }, '/api/auth/sign-in/email');
    // Typed by a person, so it may hold what no header may.
    if (code !== undefined) request.headers.set(codeHeader, code.replaceAll(/[^\x21-\x7e]/g, ''));
    const answer = await signIn.handle(request);
    const member = await memberByEmail(postgres, email);
    if (member) await audit(deps, { userId: member.id, name: member.name }, 'person.signedIn', member.id);
    return done(c, answer);
  }
}

/** better-auth's answer without its body, which carries the session's token. */
function done(c: Context<HengEnv>, answer: Response) {
  setCookies(c, answer.headers.getSetCookie());
  return c.body(null, 204);
}

/** The request again with a body that was checked, for better-auth; `path` differs from the caller's at setup. */
function passedOn(c: Context<HengEnv>, body: object, path: string = c.req.path): Request {
  const headers = browserOf(c);
  for (const name of ['content-length', 'transfer-encoding', 'content-encoding']) headers.delete(name);
  headers.set('content-type', 'application/json');
  headers.delete(codeHeader);
  return new Request(new URL(path, c.req.url), { method: 'POST', headers, body: JSON.stringify(body) });
}

async function isDemo(deps: Deps): Promise<boolean> {
  return (await setting(deps.stores.postgres, 'demo')) !== null;
}
