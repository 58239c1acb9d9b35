import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../platform/http.ts';
import {
  createDraftSchema,
  draftIdParam,
  draftListSchema,
  draftPageSchema,
  publishDraftSchema,
  saveDraftSchema,
  savedDraftSchema,
  triedDraftSchema,
  tryDraftSchema,
} from './draftSchemas.ts';
import { publishedPlanSchema } from './schemas.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { createDraft } from './verbs/createDraft.ts';
import { deleteDraft } from './verbs/deleteDraft.ts';
import { listDrafts } from './verbs/listDrafts.ts';
import { publishDraft } from './verbs/publishDraft.ts';
import { saveDraft } from './verbs/saveDraft.ts';
import { showDraft } from './verbs/showDraft.ts';
import { tryDraft } from './verbs/tryDraft.ts';

const params = z.object({ id: draftIdParam });
const tags = ['plans'];

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema) });
const giving = <Schema extends z.ZodType>(schema: Schema, description: string) =>
  ({ 200: { description, ...json(schema) } }) as const;

export function draftRoutes(app: HengApp, deps: ScoreDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/drafts', tags },
      responses: giving(draftListSchema, 'Every draft of a plan'),
    }),
    async (c) => c.json(await listDrafts(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/drafts', tags, request: { body: body(createDraftSchema) } },
      responses: giving(savedDraftSchema, 'A new draft, of a version or of a text'),
    }),
    async (c) => c.json(await createDraft(deps, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/drafts/try', tags, request: { body: body(tryDraftSchema) } },
      responses: giving(triedDraftSchema, 'What a text that need not be saved makes of one person’s month'),
    }),
    async (c) => c.json(await tryDraft(deps, c.var.actor, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/drafts/{id}', tags, request: { params } },
      responses: giving(draftPageSchema, 'One draft with everything that is wrong with it'),
    }),
    async (c) => c.json(await showDraft(deps, c.var.actor, c.req.valid('param').id), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/drafts/{id}', tags, request: { params, body: body(saveDraftSchema) } },
      responses: giving(savedDraftSchema, 'Saved as typed; 409 and nothing saved if somebody else saved since'),
    }),
    async (c) => c.json(await saveDraft(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/drafts/{id}/publish', tags },
      request: { params, body: body(publishDraftSchema) },
      responses: giving(publishedPlanSchema, 'The version as published; the draft is gone'),
    }),
    async (c) => c.json(await publishDraft(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );

  for (const [method, path, deleted] of [
    ['delete', '/api/drafts/{id}', true],
    ['post', '/api/drafts/{id}/restore', false],
  ] as const) {
    app.openapi(
      createRoute({
        ...{ method, path, tags, request: { params } },
        responses: { 204: { description: deleted ? 'Deleted, for as long as nobody takes it back' : 'There again' } },
      }),
      async (c) => {
        await deleteDraft(deps, c.var.actor, { id: c.req.valid('param').id, deleted });
        return c.body(null, 204);
      },
    );
  }
}
