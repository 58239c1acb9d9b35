import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import {
  addActionSchema,
  addedSchema,
  addInterviewSchema,
  addMeetingSchema,
  addOccasionSchema,
  decidePlanSchema,
  linkChangeSchema,
  moveActionSchema,
  reasonOnlySchema,
  reviewPageSchema,
} from './schemas.ts';
import { addAction, addMeeting, moveAction } from './verbs/committee.ts';
import { addInterview, linkChange } from './verbs/interviews.ts';
import { addOccasion, callOff, decidePlan } from './verbs/occasions.ts';
import { readReviews } from './verbs/readReviews.ts';

const tags = ['reviews'];
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

/** The review calendar, interviews, and the committee's actions. */
export function reviewRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/reviews', tags },
      responses: json('Occasions, interviews, meetings and actions', reviewPageSchema),
    }),
    async (c) => c.json(await readReviews(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/reviews', tags, request: body(addOccasionSchema) },
      responses: json('An occasion, from whose day on its plans are due', addedSchema),
    }),
    async (c) => c.json(await addOccasion(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/reviews/{id}/call-off', tags, request: { params, ...body(reasonOnlySchema) } },
      responses: done('The occasion is called off'),
    }),
    async (c) => {
      await callOff(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/reviews/{id}/outcomes', tags, request: { params, ...body(decidePlanSchema) } },
      responses: done('What came of the review of a plan'),
    }),
    async (c) => {
      await decidePlan(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/review-interviews', tags, request: body(addInterviewSchema) },
      responses: json('An interview was written down', addedSchema),
    }),
    async (c) => c.json(await addInterview(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/review-interviews/{id}/changes', tags },
      request: { params, ...body(linkChangeSchema) },
      responses: done('The interview is linked to what it changed'),
    }),
    async (c) => {
      await linkChange(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/committee-meetings', tags, request: body(addMeetingSchema) },
      responses: json('A meeting of the committee', addedSchema),
    }),
    async (c) => c.json(await addMeeting(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/committee-actions', tags, request: body(addActionSchema) },
      responses: json('An action with its owner and day', addedSchema),
    }),
    async (c) => c.json(await addAction(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/committee-actions/{id}/moves', tags },
      request: { params, ...body(moveActionSchema) },
      responses: done('Done, dropped, opened again, or moved to another day'),
    }),
    async (c) => {
      await moveAction(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
