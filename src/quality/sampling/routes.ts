import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import { drawInputSchema, drawnSchema, sampleListSchema, samplePageSchema } from './schemas.ts';
import { drawSamples } from './verbs/drawSamples.ts';
import { listSamples, showSample } from './verbs/readSamples.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});

/** Samples of conversations to inspect: drawn by a plan, and what they say about the whole. */
export function sampleRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({ method: 'get', path: '/api/samples', responses: json('Samples, newest first', sampleListSchema) }),
    async (c) => c.json(await listSamples(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/samples/{id}',
      request: {
        params: z.object({
          id: z.coerce
            .number()
            .int()
            .min(1)
            .max(2 ** 48),
        }),
      },
      responses: json('A sample and the estimate from it', samplePageSchema),
    }),
    async (c) => c.json(await showSample(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/samples',
      request: { body: { content: { 'application/json': { schema: drawInputSchema } }, required: true } },
      responses: json('The draw; kept unless it was a preview', drawnSchema),
    }),
    async (c) => c.json(await drawSamples(deps, c.var.actor, c.req.valid('json')), 200),
  );
}
