import { createRoute } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { tryQuerySchema } from './backTestSchemas.ts';
import { runningAnswer } from './runningAnswer.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { exportTry } from './verbs/exportTry.ts';
import { tryPlan } from './verbs/tryPlan.ts';

/** Trying a plan on past periods: the running answer, and the table of people as a file. */
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

  for (const format of ['csv', 'xlsx'] as const) {
    app.openapi(
      createRoute({
        method: 'get',
        path: `/api/back-test.${format}`,
        tags: ['plans'],
        request: { query: tryQuerySchema },
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
