import { createRoute, z } from '@hono/zod-openapi';
import type { Ingest } from '../../ingest/ingest.ts';
import { transcriptSchema } from '../../metrics/schemas.ts';
import type { Deps, HengApp } from '../../platform/http.ts';
import {
  inspectionListSchema,
  inspectionSchema,
  pickedSchema,
  pickSchema,
  reasonSchema,
  savedFormSchema,
  saveFormSchema,
  submitFormSchema,
  viewSchema,
} from './schemas.ts';
import { askSecond, disputeInspection, undoSubmit } from './verbs/answerInspection.ts';
import { pickInspection } from './verbs/pickInspection.ts';
import { listInspections, readTalk, showInspection } from './verbs/readInspections.ts';
import { saveForm } from './verbs/saveForm.ts';
import { submitForm } from './verbs/submitForm.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** Inspections: the queue, the workplace's form, and what follows from handing it in. */
export function inspectionRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspections',
      request: {
        query: z.object({
          view: viewSchema.optional(),
          after: z.coerce
            .number()
            .int()
            .min(0)
            .max(2 ** 31 - 1)
            .optional(),
        }),
      },
      responses: json('Tasks to do or handed in', inspectionListSchema),
    }),
    async (c) => c.json(await listInspections(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections',
      request: body(pickSchema),
      responses: json('A task of a conversation or message picked by hand', pickedSchema),
    }),
    async (c) => c.json(await pickInspection(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspections/{id}',
      request: { params },
      responses: json('A task, its rubric, and the forms the reader may see', inspectionSchema),
    }),
    async (c) => c.json(await showInspection(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspections/{id}/transcript',
      request: { params, query: z.object({ reveal: z.enum(['true', 'false']).optional() }) },
      responses: json('Its conversation, without names where they are hidden', transcriptSchema),
    }),
    async (c) => {
      const reveal = c.req.valid('query').reveal === 'true';
      return c.json(await readTalk(deps, c.var.actor, { id: c.req.valid('param').id, reveal }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/inspections/{id}/form',
      request: { params, ...body(saveFormSchema) },
      responses: json('The draft is kept', savedFormSchema),
    }),
    async (c) => c.json(await saveForm(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  changeRoutes(app, deps, ingest);
}

const done = (description: string) => ({ 204: { description } });

function changeRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections/{id}/submit',
      request: { params, ...body(submitFormSchema) },
      responses: done('Handed in'),
    }),
    async (c) => {
      await submitForm(deps, ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections/{id}/undo',
      request: { params },
      responses: done('A draft again'),
    }),
    async (c) => {
      await undoSubmit(deps, ingest, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections/{id}/ask',
      request: { params, ...body(reasonSchema) },
      responses: done('A second opinion is asked for'),
    }),
    async (c) => {
      await askSecond(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json').text);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections/{id}/dispute',
      request: { params, ...body(reasonSchema) },
      responses: done('Disputed; a second inspector will decide'),
    }),
    async (c) => {
      await disputeInspection(deps, ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json').text);
      return c.body(null, 204);
    },
  );
}
