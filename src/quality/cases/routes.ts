import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import {
  caseListSchema,
  casesQuerySchema,
  citedSchema,
  citeInputSchema,
  proposedSchema,
  proposeInputSchema,
  templateInputSchema,
  voteInputSchema,
} from './schemas.ts';
import { citeCase } from './verbs/citeCase.ts';
import { listCases } from './verbs/listCases.ts';
import { makeTemplate, withdrawTemplate } from './verbs/makeTemplate.ts';
import { proposeBestCases } from './verbs/proposeBestCases.ts';
import { voteCase } from './verbs/voteCase.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const done = (description: string) => ({ 204: { description } });
const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** Learning from the good: proposals, votes, service templates, and what rubrics take from them. */
export function caseRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cases', request: { query: casesQuerySchema } },
      responses: json('Service templates, or proposals in reach', caseListSchema),
    }),
    async (c) => c.json(await listCases(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/cases/proposals', request: body(proposeInputSchema) },
      responses: json('The best of a week are proposed', proposedSchema),
    }),
    async (c) => c.json(await proposeBestCases(deps, c.var.actor, c.req.valid('json').week), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/cases/{id}/vote', request: { params, ...body(voteInputSchema) } },
      responses: done('Voted, or taken back'),
    }),
    async (c) => {
      await voteCase(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/cases/{id}/template', request: { params, ...body(templateInputSchema) } },
      responses: done('A service template'),
    }),
    async (c) => {
      await makeTemplate(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'delete', path: '/api/cases/{id}/template', request: { params } },
      responses: done('Out of the library, a proposal again'),
    }),
    async (c) => {
      await withdrawTemplate(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rubrics/cite', request: body(citeInputSchema) },
      responses: json('The rubric’s text with one more example; nothing is kept', citedSchema),
    }),
    async (c) => c.json(await citeCase(deps, c.var.actor, c.req.valid('json')), 200),
  );
}
