import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../../platform/http.ts';
import {
  addEvidenceSchema,
  appealIdParam,
  appealListSchema,
  appealSchema,
  appealViews,
  comparedSchema,
  decideReviewSchema,
  decideSchema,
  previewSchema,
  statisticsSchema,
  submitAppealSchema,
  submittedSchema,
  windowSchema,
} from './schemas.ts';
import { addEvidence, attachFile, readFile } from './verbs/addEvidence.ts';
import { decideAppeal, previewAppeal } from './verbs/decideAppeal.ts';
import { decideReview, previewReview } from './verbs/decideReview.ts';
import type { AppealDeps } from './verbs/openCard.ts';
import { readAppeals, readStatistics, readWindow, showAppeal } from './verbs/readAppeals.ts';
import { submitAppeal } from './verbs/submitAppeal.ts';

const tags = ['appeals'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const giving = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, ...json(schema) },
});
const taking = <Schema extends z.ZodType>(schema: Schema) => ({ body: { required: true, ...json(schema) } });
const done = (description: string) => ({ 204: { description } });
const params = z.object({ id: appealIdParam });
const period = z.string().min(4).max(7);

/** Appeals against published results: made, attached to, decided, looked back on. */
export function appealRoutes(app: HengApp, deps: AppealDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeals', tags },
      request: { query: z.object({ view: z.enum(appealViews).optional() }) },
      responses: giving(appealListSchema, 'The appeals in reach, the one due first first'),
    }),
    async (c) => c.json(await readAppeals(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeals', tags },
      request: taking(submitAppealSchema),
      responses: giving(submittedSchema, 'Submitted; the supervisor looks at it first'),
    }),
    async (c) => c.json(await submitAppeal(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeal-window', tags },
      request: { query: z.object({ period, agent: z.string().min(1).max(200) }) },
      responses: giving(windowSchema, 'Whether a card can be appealed against, and until when'),
    }),
    async (c) => c.json(await readWindow(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeal-statistics', tags },
      responses: giving(statisticsSchema, 'Share upheld by rule, by who judged and by item'),
    }),
    async (c) => c.json(await readStatistics(deps, c.var.actor), 200),
  );
  oneAppeal(app, deps);
  reviewRoutes(app, deps);
}

function oneAppeal(app: HengApp, deps: AppealDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeals/{id}', tags, request: { params } },
      responses: giving(appealSchema, 'One appeal with its evidence and decisions'),
    }),
    async (c) => c.json(await showAppeal(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeals/{id}/evidence', tags },
      request: { params, ...taking(addEvidenceSchema) },
      responses: done('Added'),
    }),
    async (c) => {
      await addEvidence(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeals/{id}/files', tags },
      request: { params, query: z.object({ name: z.string().min(1).max(300) }) },
      responses: done('The body is kept as a file'),
    }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      await attachFile(deps, c.var.actor, c.req.valid('param').id, { name: c.req.valid('query').name, bytes });
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeals/{id}/files/{file}', tags },
      request: { params: params.extend({ file: appealIdParam }) },
      responses: { 200: { description: 'The file, to be saved, never shown as a page' } },
    }),
    async (c) => {
      const { id, file } = c.req.valid('param');
      const { text, mediaType, content } = await readFile(deps, c.var.actor, id, file);
      return c.body(Uint8Array.from(content), 200, {
        'Content-Type': mediaType,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(text)}`,
        'Content-Security-Policy': `default-src 'none'; sandbox`,
      });
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeals/{id}/preview', tags },
      request: { params, ...taking(previewSchema) },
      responses: giving(comparedSchema, 'Before and after of what is thought of; nothing is stored'),
    }),
    async (c) => c.json(await previewAppeal(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeals/{id}/decide', tags },
      request: { params, ...taking(decideSchema) },
      responses: done('Decided, at the step at hand'),
    }),
    async (c) => {
      await decideAppeal(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}

function reviewRoutes(app: HengApp, deps: AppealDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/appeal-reviews/{id}/preview', tags, request: { params } },
      responses: giving(comparedSchema, 'Before and after of overturning it here too; nothing is stored'),
    }),
    async (c) => c.json(await previewReview(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/appeal-reviews/{id}/decide', tags },
      request: { params, ...taking(decideReviewSchema) },
      responses: done('Decided'),
    }),
    async (c) => {
      await decideReview(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
