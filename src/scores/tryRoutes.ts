import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { tryFileQuerySchema, tryQuerySchema } from './backTestSchemas.ts';
import { outlookSchema } from './outlookSchemas.ts';
import { runningAnswer } from './runningAnswer.ts';
import { scorecardQuerySchema } from './schemas.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { exportTry } from './verbs/exportTry.ts';
import { showOutlook } from './verbs/showOutlook.ts';
import { tryPlan } from './verbs/tryPlan.ts';

/** Trying a plan on past periods: the running answer, and the table of people as a file; and how sure one card is. */
export function tryRoutes(app: HengApp, { log }: Pick<Deps, 'log'>, scoring: ScoreDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/back-test',
      tags: ['plans'],
      request: { query: tryQuerySchema },
      responses: {
        200: {
          description:
            'Lines of JSON: `{ kind: "progress", done, of }` while it runs, then `{ kind: "result", result }`',
        },
      },
    }),
    async (c) => {
      const input = c.req.valid('query');
      const { actor } = c.var;
      const lines = await runningAnswer(
        (progress) => tryPlan(scoring, actor, input, progress),
        (error) => log.error({ error: error instanceof Error ? error.name : typeof error }, 'trying a plan failed'),
      );
      return c.body(lines, 200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/scorecards/{agentId}/outlook',
      tags: ['scorecards'],
      request: {
        params: z.object({ agentId: z.string().min(1).max(200) }),
        query: scorecardQuerySchema.pick({ plan: true, period: true, version: true }),
      },
      responses: {
        200: {
          description: 'How sure a card is, and where it may end while its period runs',
          content: { 'application/json': { schema: outlookSchema } },
        },
      },
    }),
    async (c) =>
      c.json(await showOutlook(scoring, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );

  for (const format of ['csv', 'xlsx'] as const) {
    app.openapi(
      createRoute({
        method: 'get',
        path: `/api/back-test.${format}`,
        tags: ['plans'],
        request: { query: tryFileQuerySchema },
        responses: { 200: { description: `Person by person, as ${format.toUpperCase()}` } },
      }),
      async (c) => {
        const file = await exportTry(scoring, c.var.actor, { ...c.req.valid('query'), format });
        return c.body(file.body, 200, {
          'Content-Type': file.type,
          'Content-Disposition': `attachment; filename="${file.name}"`,
        });
      },
    );
  }
}
