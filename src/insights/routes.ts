import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { changeThresholdsSchema, runSignalsSchema, signalsPageSchema } from './schemas.ts';
import { changeThresholds } from './verbs/changeThresholds.ts';
import { readSignals } from './verbs/readSignals.ts';
import { runSignals } from './verbs/runSignals.ts';

const page = (description: string) => ({
  200: { description, content: { 'application/json': { schema: signalsPageSchema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});

/** Signals of gaming: what the last run showed, a run on demand, and the thresholds. */
export function signalRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/signals',
      request: { query: z.object({ period: z.string().max(60) }) },
      responses: page('What the last run of a period showed'),
    }),
    async (c) => c.json(await readSignals(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/signals/runs',
      request: body(runSignalsSchema),
      responses: page('Looks again, and answers what it shows now'),
    }),
    async (c) => {
      const input = c.req.valid('json');
      await runSignals(deps, c.var.actor, input);
      return c.json(await readSignals(deps, c.var.actor, input), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/signals/thresholds',
      request: body(changeThresholdsSchema),
      responses: { 204: { description: 'The thresholds hold from the next run on' } },
    }),
    async (c) => {
      await changeThresholds(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
