import { createRoute, z } from '@hono/zod-openapi';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Deps, HengApp } from '../../platform/http.ts';
import {
  feedbackRoundListSchema,
  feedbackRoundSchema,
  madeRoundSchema,
  makeRoundSchema,
  myRoundsSchema,
  ratingPageSchema,
  ratingRevisionSchema,
  roundReportSchema,
  roundResultSchema,
  savedRatingSchema,
  saveRatingSchema,
  setRatersSchema,
} from './schemas.ts';
import { deleteRound, makeRound, setRaters } from './verbs/makeRound.ts';
import { closeFeedback, openRound, publishFeedback } from './verbs/moveRounds.ts';
import { listMine, reopenRating, saveRating, showRating, submitRating } from './verbs/rate.ts';
import { listFeedbackRounds, readReport, readResult, showFeedbackRound } from './verbs/readRounds.ts';

const tags = ['rounds'];
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const done = (description: string) => ({ 204: { description } });
const id = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const params = z.object({ id });
const ofPerson = z.object({ id, agentId: z.string().min(1).max(200) });

/** 360 rounds: who rates whom, the ratings, and what comes of them. */
export function roundRoutes(app: HengApp, deps: Deps, ingest: Ingest): void {
  raterRoutes(app, deps);
  app.openapi(
    createRoute({ method: 'get', path: '/api/rounds', tags, responses: json('All rounds', feedbackRoundListSchema) }),
    async (c) => c.json(await listFeedbackRounds(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds', tags, request: body(makeRoundSchema) },
      responses: json('A round with raters suggested', madeRoundSchema),
    }),
    async (c) => c.json(await makeRound(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/rounds/{id}', tags, request: { params } },
      responses: json('Who rates whom, and who has', feedbackRoundSchema),
    }),
    async (c) => c.json(await showFeedbackRound(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'delete', path: '/api/rounds/{id}', tags, request: { params } },
      responses: done('A round that was not approved is gone'),
    }),
    async (c) => {
      await deleteRound(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/rounds/{id}/raters', tags, request: { params, ...body(setRatersSchema) } },
      responses: done('These rate this person'),
    }),
    async (c) => {
      await setRaters(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds/{id}/open', tags, request: { params } },
      responses: done('Approved: raters may rate'),
    }),
    async (c) => {
      await openRound(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds/{id}/close', tags, request: { params } },
      responses: done('Rating has ended'),
    }),
    async (c) => {
      await closeFeedback(deps, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds/{id}/publish', tags, request: { params } },
      responses: done('Everybody sees their result'),
    }),
    async (c) => {
      await publishFeedback(deps, ingest, c.var.actor, c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/rounds/{id}/report', tags, request: { params } },
      responses: json('How people rate', roundReportSchema),
    }),
    async (c) => c.json(await readReport(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/rounds/{id}/results/{agentId}', tags, request: { params: ofPerson } },
      responses: json('What somebody is told of a round', roundResultSchema),
    }),
    async (c) => c.json(await readResult(deps, c.var.actor, c.req.valid('param')), 200),
  );
}

function raterRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/rounds/mine', tags },
      responses: json('What the caller rates, and the results about them', myRoundsSchema),
    }),
    async (c) => c.json(await listMine(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/rounds/ratings/{id}', tags, request: { params } },
      responses: json('One rating of the caller’s own', ratingPageSchema),
    }),
    async (c) => c.json(await showRating(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/rounds/ratings/{id}', tags, request: { params, ...body(saveRatingSchema) } },
      responses: json('What was typed is kept', savedRatingSchema),
    }),
    async (c) => c.json(await saveRating(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds/ratings/{id}/submit', tags },
      request: { params, ...body(ratingRevisionSchema) },
      responses: done('Handed in'),
    }),
    async (c) => {
      await submitRating(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/rounds/ratings/{id}/reopen', tags },
      request: { params, ...body(ratingRevisionSchema) },
      responses: done('Taken back to write on'),
    }),
    async (c) => {
      await reopenRating(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
