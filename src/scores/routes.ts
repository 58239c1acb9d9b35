import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../people/actor.ts';
import type { Deps, HengApp } from '../platform/http.ts';
import { acknowledgementRoutes } from './acknowledgementRoutes.ts';
import { draftRoutes } from './draftRoutes.ts';
import { exemptionRoutes } from './exemptionRoutes.ts';
import { measured } from './measured.ts';
import { planJsonSchema } from './planJsonSchema.ts';
import {
  overviewSchema,
  planDiffSchema,
  planIdParam,
  planListSchema,
  planPageSchema,
  publishedPlanSchema,
  publishPlanSchema,
  scorecardListSchema,
  scorecardPageSchema,
  scorecardQuerySchema,
} from './schemas.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { tryRoutes } from './tryRoutes.ts';
import { diffPlans } from './verbs/diffPlans.ts';
import { exportScorecards } from './verbs/exportScorecards.ts';
import { listPlans } from './verbs/listPlans.ts';
import { listScorecards } from './verbs/listScorecards.ts';
import { planOfReader } from './verbs/planOfReader.ts';
import { publishPlan } from './verbs/publishPlan.ts';
import { showOverview } from './verbs/showOverview.ts';
import { showPlan } from './verbs/showPlan.ts';
import { showScorecard } from './verbs/showScorecard.ts';

const versionParam = z.coerce.number().int().positive().max(1_000_000);

function giving<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { 'application/json': { schema } } } } as const;
}

/** Answers which plan a reader's pages open with, for those who draw them, and what scoring remembers, for those who score further. */
export function scoresRoutes(
  app: HengApp,
  deps: Deps,
): { planOfReader: (actor: Actor) => Promise<string>; scoring: ScoreDeps } {
  const scoring = measured(deps);
  tryRoutes(app, deps, scoring);
  draftRoutes(app, scoring);
  exemptionRoutes(app, scoring);
  acknowledgementRoutes(app, scoring);

  // Editors fetch it without signing in; it says how plans are written, not what is in them.
  const schema = planJsonSchema();
  app.get('/plan.schema.json', (c) => c.json(schema, 200, { 'cache-control': 'no-cache' }));

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans',
      tags: ['plans'],
      responses: giving(planListSchema, 'Every plan'),
    }),
    async (c) => c.json(await listPlans(scoring, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/plans',
      tags: ['plans'],
      request: { body: { required: true, content: { 'application/json': { schema: publishPlanSchema } } } },
      responses: giving(publishedPlanSchema, 'The version as published'),
    }),
    async (c) => c.json(await publishPlan(scoring, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans/{id}',
      tags: ['plans'],
      request: { params: z.object({ id: planIdParam }), query: z.object({ version: versionParam.optional() }) },
      responses: giving(planPageSchema, 'One version of a plan, in force today unless asked for'),
    }),
    async (c) =>
      c.json(await showPlan(scoring, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans/{id}/diff',
      tags: ['plans'],
      request: { params: z.object({ id: planIdParam }), query: z.object({ from: versionParam, to: versionParam }) },
      responses: giving(planDiffSchema, 'What changed between two versions'),
    }),
    async (c) =>
      c.json(await diffPlans(scoring, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/scorecards',
      tags: ['scorecards'],
      request: { query: scorecardQuerySchema },
      responses: giving(scorecardListSchema, 'The cards of everybody the caller may see'),
    }),
    async (c) => c.json(await listScorecards(scoring, c.var.actor, c.req.valid('query')), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/scorecards/{agentId}',
      tags: ['scorecards'],
      request: {
        params: z.object({ agentId: z.string().min(1).max(200) }),
        query: scorecardQuerySchema.pick({ plan: true, period: true, version: true }),
      },
      responses: giving(scorecardPageSchema, 'One card with every item explained'),
    }),
    async (c) =>
      c.json(await showScorecard(scoring, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/overview',
      tags: ['scorecards'],
      request: { query: scorecardQuerySchema },
      responses: giving(overviewSchema, 'The team at a glance'),
    }),
    async (c) => c.json(await showOverview(scoring, c.var.actor, c.req.valid('query')), 200),
  );

  for (const format of ['csv', 'xlsx'] as const) {
    app.openapi(
      createRoute({
        method: 'get',
        path: `/api/scorecards.${format}`,
        tags: ['scorecards'],
        request: { query: scorecardQuerySchema.extend({ language: z.enum(['zh', 'en']).default('zh') }) },
        responses: { 200: { description: `The cards as ${format.toUpperCase()}` } },
      }),
      async (c) => {
        const file = await exportScorecards(scoring, c.var.actor, { ...c.req.valid('query'), format });
        return c.body(file.body, 200, {
          'Content-Type': file.type,
          'Content-Disposition': `attachment; filename="${file.name}"`,
        });
      },
    );
  }

  return { planOfReader: (actor) => planOfReader(scoring, actor), scoring };
}
