import { createRoute, z } from '@hono/zod-openapi';
import type { Ingest } from '../../ingest/ingest.ts';
import { transcriptSchema } from '../../metrics/schemas.ts';
import type { Deps, HengApp } from '../../platform/http.ts';
import { confusionSchema } from '../agreement/confusionSchemas.ts';
import { readConfusion } from '../agreement/verbs/readConfusion.ts';
import { reasonSchema, savedFormSchema, saveFormSchema, submitFormSchema } from '../inspections/schemas.ts';
import {
  calibrationRecordSchema,
  closedRoundSchema,
  closeRoundSchema,
  openedRoundSchema,
  openRoundSchema,
  roundListSchema,
  roundPageSchema,
} from './schemas.ts';
import { addNote, closeRound, openRound, saveRecord, submitRecord } from './verbs/changeRounds.ts';
import { listRounds, readRecordTalk, showRecord, showRound } from './verbs/readRounds.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const id = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const ofRound = z.object({ id });
const ofRecord = z.object({ id, place: z.coerce.number().int().min(1).max(1000) });
const done = (description: string) => ({ 204: { description } });

/** Calibration: the same conversations scored by several, then compared and talked about. */
export function calibrationRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rule-agreement',
      responses: json('Rules beside people, kind by kind', confusionSchema),
    }),
    async (c) => c.json(await readConfusion(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({ method: 'get', path: '/api/calibrations', responses: json('Rounds, newest first', roundListSchema) }),
    async (c) => c.json(await listRounds(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/calibrations',
      request: body(openRoundSchema),
      responses: json('A round is open', openedRoundSchema),
    }),
    async (c) => c.json(await openRound(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/calibrations/{id}',
      request: { params: ofRound },
      responses: json('A round; others’ scores once all are in', roundPageSchema),
    }),
    async (c) => c.json(await showRound(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/calibrations/{id}/close',
      request: { params: ofRound, ...body(closeRoundSchema) },
      responses: json('Closed, with what was agreed; what was too far apart is rated anew', closedRoundSchema),
    }),
    async (c) => c.json(await closeRound(deps, ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  recordRoutes(app, deps);
}

const record = '/api/calibrations/{id}/records/{place}';

function recordRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: record,
      request: { params: ofRecord },
      responses: json('A conversation of a round and the reader’s form', calibrationRecordSchema),
    }),
    async (c) => {
      const { id: round, place } = c.req.valid('param');
      return c.json(await showRecord(deps, c.var.actor, round, place), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: `${record}/transcript`,
      request: { params: ofRecord },
      responses: json('The conversation without names', transcriptSchema),
    }),
    async (c) => c.json(await readRecordTalk(deps, c.var.actor, c.req.valid('param')), 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: `${record}/form`,
      request: { params: ofRecord, ...body(saveFormSchema) },
      responses: json('The draft is kept', savedFormSchema),
    }),
    async (c) => {
      const { id: round, place } = c.req.valid('param');
      return c.json(await saveRecord(deps, c.var.actor, round, { ...c.req.valid('json'), place }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: `${record}/submit`,
      request: { params: ofRecord, ...body(submitFormSchema.omit({ as: true })) },
      responses: done('Handed in'),
    }),
    async (c) => {
      const { id: round, place } = c.req.valid('param');
      await submitRecord(deps, c.var.actor, round, { place, revision: c.req.valid('json').revision });
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: `${record}/notes`,
      request: { params: ofRecord, ...body(reasonSchema) },
      responses: done('The remark is in the discussion'),
    }),
    async (c) => {
      const { id: round, place } = c.req.valid('param');
      await addNote(deps, c.var.actor, round, { place, text: c.req.valid('json').text });
      return c.body(null, 204);
    },
  );
}
