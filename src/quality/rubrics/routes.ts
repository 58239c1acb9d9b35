import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import {
  rubricCheckSchema,
  rubricListSchema,
  rubricPageSchema,
  rubricSavedSchema,
  rubricTextSchema,
} from './schemas.ts';
import { checkRubric, publishRubric } from './verbs/publishRubric.ts';
import { listRubrics, showRubric } from './verbs/readRubrics.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const text = { body: { content: { 'application/json': { schema: rubricTextSchema } }, required: true } };

/** Rubrics: by what conversations are judged, and in which words. */
export function rubricRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rubrics',
      responses: json('The latest version of each', rubricListSchema),
    }),
    async (c) => c.json(await listRubrics(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rubrics/{id}',
      request: {
        params: z.object({ id: z.string().max(60) }),
        query: z.object({ version: z.coerce.number().int().min(1).max(100_000).optional() }),
      },
      responses: json('One rubric', rubricPageSchema),
    }),
    async (c) => {
      const { version } = c.req.valid('query');
      const { id } = c.req.valid('param');
      return c.json(await showRubric(deps, c.var.actor, { id, ...(version === undefined ? {} : { version }) }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/rubrics/check',
      request: text,
      responses: json('What is wrong with a rubric; nothing is kept', rubricCheckSchema),
    }),
    (c) => c.json(checkRubric(c.var.actor, c.req.valid('json').text), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/rubrics',
      request: text,
      responses: json('Published as the next version', rubricSavedSchema),
    }),
    async (c) => c.json(await publishRubric(deps, c.var.actor, c.req.valid('json').text), 200),
  );
}
