import { createRoute, z } from '@hono/zod-openapi';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Deps, HengApp } from '../../platform/http.ts';
import {
  assessmentListSchema,
  assessmentWorkSchema,
  behindQuery,
  behindSchema,
  decideNominationSchema,
  formQuery,
  nominatedSchema,
  nominateSchema,
  nominationListSchema,
  remindedSchema,
  saveAnswersSchema,
  savedAnswersSchema,
  submitFormsSchema,
  submittedFormsSchema,
} from './schemas.ts';
import { listAssessments } from './verbs/listAssessments.ts';
import { decideNomination, listNominations, nominate } from './verbs/nominate.ts';
import { readBehind, remindAssessors } from './verbs/readBehind.ts';
import { saveAnswers } from './verbs/saveAnswers.ts';
import { showWork } from './verbs/showWork.ts';
import { submitForms } from './verbs/submitForms.ts';

const tags = ['assessments'];
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const nominationParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** Assessments by the forms of plans: what one has to do, the forms, who is behind; and nominations. */
export function assessmentRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/assessments', tags },
      responses: json('What the caller has to assess', assessmentListSchema),
    }),
    async (c) => c.json(await listAssessments(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/assessments/form', tags, request: { query: formQuery } },
      responses: json('A form, and everybody the caller assesses by it', assessmentWorkSchema),
    }),
    async (c) => c.json(await showWork(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/assessments/answers', tags, request: body(saveAnswersSchema) },
      responses: json('What was typed about one person is kept', savedAnswersSchema),
    }),
    async (c) => c.json(await saveAnswers(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/assessments/submit', tags, request: body(submitFormsSchema) },
      responses: json('What was complete is handed in', submittedFormsSchema),
    }),
    async (c) => c.json(await submitForms(deps, ingest, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/assessments/behind', tags, request: { query: behindQuery } },
      responses: json('Who has not been assessed, and who is behind', behindSchema),
    }),
    async (c) => c.json(await readBehind(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/assessments/remind', tags, request: body(behindQuery) },
      responses: json('How many were reminded', remindedSchema),
    }),
    async (c) => c.json(await remindAssessors(deps, c.var.actor, c.req.valid('json')), 200),
  );
  nominationRoutes(app, deps, ingest);
}

function nominationRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/nominations', tags },
      responses: json('Nominations, the latest first', nominationListSchema),
    }),
    async (c) => c.json(await listNominations(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/nominations', tags, request: body(nominateSchema) },
      responses: json('Somebody is nominated', nominatedSchema),
    }),
    async (c) => c.json(await nominate(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/nominations/{id}/decide', tags },
      request: { params: nominationParams, ...body(decideNominationSchema) },
      responses: { 204: { description: 'Decided' } },
    }),
    async (c) => {
      await decideNomination(deps, ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
