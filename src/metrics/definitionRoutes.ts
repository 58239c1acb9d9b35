import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import {
  definitionChangesSchema,
  definitionHistorySchema,
  definitionSavedSchema,
  dualRunInputSchema,
  dualRunSchema,
  ownMetricInputSchema,
  previewAnswerSchema,
  previewSchema,
  restoreSchema,
  retireSchema,
} from './definitionSchemas.ts';
import { previewMetric } from './verbs/previewMetric.ts';
import { readHistory } from './verbs/readHistory.ts';
import { type PlansUsing, restoreMetric, retireMetric } from './verbs/retireMetric.ts';
import { runBoth } from './verbs/runBoth.ts';
import { changeDefinitions, saveOwnMetric } from './verbs/saveDefinitions.ts';

const answers = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const takes = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});

const params = z.object({ id: z.string().max(200) });

/** Metrics of one's own, and by which definition metrics count from which month. */
export function definitionRoutes(app: HengApp, deps: Deps, plansUsing: PlansUsing): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/metrics/history',
      request: { query: z.object({ metric: z.string().max(200).optional() }) },
      responses: answers(definitionHistorySchema, 'Every decision about definitions, the latest first'),
    }),
    async (c) => c.json(await readHistory(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/preview',
      request: takes(previewSchema),
      responses: answers(previewAnswerSchema, 'What a metric of one’s own would show, or what is wrong with it'),
    }),
    async (c) => c.json(await previewMetric(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/own',
      request: takes(ownMetricInputSchema),
      responses: answers(definitionSavedSchema, 'Kept'),
    }),
    async (c) => c.json(await saveOwnMetric(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/own/{id}/retire',
      request: { params, ...takes(retireSchema) },
      responses: answers(definitionSavedSchema, 'No longer offered from the month named'),
    }),
    async (c) => {
      const input = { metric: c.req.valid('param').id, ...c.req.valid('json') };
      return c.json(await retireMetric(deps, c.var.actor, input, plansUsing), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/own/{id}/restore',
      request: { params, ...takes(restoreSchema) },
      responses: answers(definitionSavedSchema, 'Offered again'),
    }),
    async (c) => {
      const input = { metric: c.req.valid('param').id, ...c.req.valid('json') };
      return c.json(await restoreMetric(deps, c.var.actor, input), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/dual-run',
      request: takes(dualRunInputSchema),
      responses: answers(dualRunSchema, 'Whose figure a change would move, and by how much'),
    }),
    async (c) => c.json(await runBoth(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/metrics/changes',
      request: takes(definitionChangesSchema),
      responses: answers(definitionSavedSchema, 'In force from the month named'),
    }),
    async (c) => c.json(await changeDefinitions(deps, c.var.actor, c.req.valid('json')), 200),
  );
}
