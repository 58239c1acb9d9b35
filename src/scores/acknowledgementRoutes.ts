import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../platform/http.ts';
import {
  acknowledgementListSchema,
  assignmentListSchema,
  assignPlanSchema,
  dueListSchema,
  planVersionQuery,
} from './acknowledgementSchemas.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { acknowledgePlan } from './verbs/acknowledgePlan.ts';
import { assignPlan, listAssignments } from './verbs/assignPlan.ts';
import { listAcknowledgements, remindPeople } from './verbs/listAcknowledgements.ts';
import { listDue } from './verbs/listDue.ts';

const tags = ['plans'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema) });

export function acknowledgementRoutes(app: HengApp, deps: ScoreDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/plan-assignments', tags },
      responses: { 200: { description: 'Which plan covers whom', ...json(assignmentListSchema) } },
    }),
    async (c) => c.json(await listAssignments(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/plan-assignments', tags, request: { body: body(assignPlanSchema) } },
      responses: { 204: { description: 'The plan covers these people from that month on' } },
    }),
    async (c) => {
      await assignPlan(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/acknowledgements/mine', tags },
      responses: { 200: { description: 'Versions the caller has yet to acknowledge', ...json(dueListSchema) } },
    }),
    async (c) => c.json(await listDue(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/acknowledgements/mine', tags, request: { body: body(planVersionQuery) } },
      responses: { 204: { description: 'Acknowledged' } },
    }),
    async (c) => {
      await acknowledgePlan(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/acknowledgements', tags, request: { query: planVersionQuery } },
      responses: { 200: { description: 'Who has acknowledged a version', ...json(acknowledgementListSchema) } },
    }),
    async (c) => c.json(await listAcknowledgements(deps, c.var.actor, c.req.valid('query')), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/acknowledgements/remind', tags },
      request: { body: body(planVersionQuery) },
      responses: {
        200: { description: 'How many were reminded', ...json(z.object({ reminded: z.number().int() })) },
      },
    }),
    async (c) => c.json(await remindPeople(deps, c.var.actor, c.req.valid('json')), 200),
  );
}
