import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import {
  developmentListSchema,
  developmentQuerySchema,
  endInputSchema,
  noteInputSchema,
} from './developmentSchemas.ts';
import { budgetInputSchema, fittedSchema, payFileQuerySchema, payQuerySchema, payTableSchema } from './paySchemas.ts';
import {
  approvedListSchema,
  decideAllInputSchema,
  decidedSchema,
  decideInputSchema,
  enterInputSchema,
  outcomeEventsSchema,
  outcomeListSchema,
  outcomesQuerySchema,
} from './schemas.ts';
import { approveAll, decideProposals } from './verbs/decideProposals.ts';
import { addNote, endPlan, listDevelopments } from './verbs/developments.ts';
import { enterProposal } from './verbs/enterProposal.ts';
import { exportPayouts } from './verbs/exportPayouts.ts';
import { listApproved, listOutcomes, showEvents } from './verbs/listOutcomes.ts';
import { saveBudget } from './verbs/saveBudget.ts';
import { showPayouts } from './verbs/showPayouts.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const idParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** What rules propose and people decide. */
export function outcomeRoutes(app: HengApp, deps: Deps): void {
  payRoutes(app, deps);
  developmentRoutes(app, deps);

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/outcomes', request: { query: outcomesQuerySchema } },
      responses: json('Proposals in reach; to an agent what was approved for them', outcomeListSchema),
    }),
    async (c) => c.json(await listOutcomes(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/outcomes', request: body(enterInputSchema) },
      responses: json('Proposed by hand', z.object({ id: z.number().int() })),
    }),
    async (c) => c.json(await enterProposal(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/outcomes/decisions', request: body(decideInputSchema) },
      responses: json('Approved or declined, all of them', decidedSchema),
    }),
    async (c) => c.json(await decideProposals(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/outcomes/approvals', request: body(decideAllInputSchema) },
      responses: json('Everything of a kind that waits and is complete is approved', decidedSchema),
    }),
    async (c) => c.json(await approveAll(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/outcomes/{id}/events', request: { params: idParams } },
      responses: json('What happened to a proposal', outcomeEventsSchema),
    }),
    async (c) => c.json(await showEvents(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/scorecards/{agentId}/outcomes' },
      request: { params: z.object({ agentId: z.string().min(1).max(200) }) },
      responses: json('What was approved for one person', approvedListSchema),
    }),
    async (c) => c.json(await listApproved(deps, c.var.actor, c.req.valid('param').agentId), 200),
  );
}

function payRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/payouts', request: { query: payQuerySchema } },
      responses: json('Who is paid what for a published period', payTableSchema),
    }),
    async (c) => c.json(await showPayouts(deps, c.var.actor, c.req.valid('query').period), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/payouts/budget', request: body(budgetInputSchema) },
      responses: json(
        'The budget was set, or what it would change',
        z.object({ fitted: fittedSchema.nullable(), shareFen: z.string().nullable() }),
      ),
    }),
    async (c) => c.json(await saveBudget(deps, c.var.actor, c.req.valid('json')), 200),
  );
  for (const format of ['csv', 'xlsx', 'json'] as const) {
    app.openapi(
      createRoute({
        ...{ method: 'get', path: `/api/payouts.${format}`, request: { query: payFileQuerySchema } },
        responses: { 200: { description: `The payouts as ${format.toUpperCase()}` } },
      }),
      async (c) => {
        const file = await exportPayouts(deps, c.var.actor, { ...c.req.valid('query'), format });
        return c.body(file.body, 200, {
          'Content-Type': file.type,
          'Content-Disposition': `attachment; filename="${file.name}"`,
        });
      },
    );
  }
}

function developmentRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/development-plans', request: { query: developmentQuerySchema } },
      responses: json('Trainings and improvement plans in reach', developmentListSchema),
    }),
    async (c) => c.json(await listDevelopments(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/development-plans/{id}/notes' },
      request: { params: idParams, ...body(noteInputSchema) },
      responses: { 204: { description: 'A talk, goals reached, or a later last day' } },
    }),
    async (c) => {
      await addNote(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/development-plans/{id}/end' },
      request: { params: idParams, ...body(endInputSchema) },
      responses: { 204: { description: 'Ended with a decision' } },
    }),
    async (c) => {
      await endPlan(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
