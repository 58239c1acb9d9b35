import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../platform/http.ts';
import {
  enterExemptionSchema,
  exemptionIdParam,
  exemptionListSchema,
  withdrawExemptionSchema,
} from './exemptionSchemas.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { approveExemption, withdrawExemption } from './verbs/decideExemption.ts';
import { enterExemption } from './verbs/enterExemption.ts';
import { listExemptions } from './verbs/listExemptions.ts';

const params = z.object({ id: exemptionIdParam });
const tags = ['plans'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

export function exemptionRoutes(app: HengApp, deps: ScoreDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/exemptions', tags },
      responses: { 200: { description: 'Days that do not count, and whose', ...json(exemptionListSchema) } },
    }),
    async (c) => c.json(await listExemptions(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/exemptions', tags },
      request: { body: { required: true, ...json(enterExemptionSchema) } },
      responses: { 200: { description: 'Entered; waits for another person', ...json(z.object({ id: z.string() })) } },
    }),
    async (c) => c.json(await enterExemption(deps, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/exemptions/{id}/approve', tags, request: { params } },
      responses: { 204: { description: 'Those days do not count any more' } },
    }),
    async (c) => {
      await approveExemption(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/exemptions/{id}/withdraw', tags },
      request: { params, body: { required: true, ...json(withdrawExemptionSchema) } },
      responses: { 204: { description: 'Those days count again' } },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      await withdrawExemption(deps, c.var.actor, { id, reason: c.req.valid('json').reason });
      return c.body(null, 204);
    },
  );
}
