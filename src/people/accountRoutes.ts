import { createRoute } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { browserOf, giving, nothing, setCookies, taking } from './routeParts.ts';
import {
  codeSchema,
  demandSecondFactorSchema,
  idParamSchema,
  offeredSecretSchema,
  ownPasswordSchema,
  recoveryCodesSchema,
} from './schemas.ts';
import type { SignIn } from './signIn.ts';
import { demandSecondFactor, resetSecondFactor } from './verbs/demandSecondFactor.ts';
import { confirmSecondFactor, endSecondFactor, startSecondFactor } from './verbs/keepSecondFactor.ts';

/** The second factor: one's own, somebody else's for whom it has to be taken away, and who has to have one. */
export function accountRoutes(app: HengApp, deps: Deps, signIn: SignIn): void {
  const sealing = { ...deps, secret: signIn.secret };

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/account/second-factor',
      tags: ['account'],
      request: taking(ownPasswordSchema),
      responses: giving(offeredSecretSchema, 'A secret for one’s app, in force once a code of it was given'),
    }),
    async (c) => c.json(await startSecondFactor(sealing, signIn, c.var.actor, c.req.valid('json').password), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/account/second-factor/confirm',
      tags: ['account'],
      request: taking(codeSchema),
      responses: giving(recoveryCodesSchema, 'Codes for when the app is lost; shown this once'),
    }),
    async (c) => {
      const asked = { code: c.req.valid('json').code, request: browserOf(c) };
      const { recovery, cookies } = await confirmSecondFactor(sealing, signIn, c.var.actor, asked);
      setCookies(c, cookies);
      return c.json(recovery, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/account/second-factor/end',
      tags: ['account'],
      request: taking(codeSchema),
      responses: nothing,
    }),
    async (c) => {
      await endSecondFactor(sealing, c.var.actor, c.req.valid('json').code);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/people/{id}/reset-second-factor',
      tags: ['people'],
      request: { params: idParamSchema },
      responses: nothing,
    }),
    async (c) => {
      await resetSecondFactor(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/second-factor',
      tags: ['people'],
      request: taking(demandSecondFactorSchema),
      responses: nothing,
    }),
    async (c) => {
      await demandSecondFactor(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
