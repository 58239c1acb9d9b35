import { createRoute, z } from '@hono/zod-openapi';
import { HengError } from '../platform/errors.ts';
import type { HengApp } from '../platform/http.ts';
import type { CycleDeps } from './cycleDeps.ts';
import {
  cycleListSchema,
  cyclePageSchema,
  cyclePeopleSchema,
  moveSchema,
  revisedSchema,
  reviseSchema,
} from './schemas.ts';
import { closeCycle } from './verbs/closeCycle.ts';
import { finaliseCycle, openCycle, publishCycle } from './verbs/moveCycle.ts';
import { reviseCard } from './verbs/reviseCard.ts';
import { findPeople, listCycles, showCycle } from './verbs/showCycle.ts';

const tags = ['cycles'];
const params = z.object({ period: z.string().max(40).meta({ example: '2026-10' }) });
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

export function cycleRoutes(app: HengApp, deps: CycleDeps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cycles', tags },
      responses: {
        200: { description: 'Every month, quarter and year, and where it stands', ...json(cycleListSchema) },
      },
    }),
    async (c) => c.json(await listCycles(deps, c.var.actor), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cycles/{period}', tags, request: { params } },
      responses: { 200: { description: 'One cycle and what it still lacks', ...json(cyclePageSchema) } },
    }),
    async (c) => c.json(await showCycle(deps, c.var.actor, c.req.valid('param').period), 200),
  );

  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cycles/{period}/people', tags },
      request: { params, query: z.object({ text: z.string().max(100).default('') }) },
      responses: { 200: { description: 'Whose card can be corrected', ...json(cyclePeopleSchema) } },
    }),
    async (c) => {
      const input = { period: c.req.valid('param').period, text: c.req.valid('query').text };
      return c.json(await findPeople(deps, c.var.actor, input), 200);
    },
  );

  for (const [verb, move, description] of [
    ['open', openCycle, 'Assessment has begun'],
    ['publish', publishCycle, 'People see their results and may appeal'],
    ['finalise', finaliseCycle, 'Nothing of it changes any more'],
  ] as const) {
    app.openapi(
      createRoute({
        ...{ method: 'post', path: `/api/cycles/{period}/${verb}`, tags },
        request: { params, body: { required: true, ...json(moveSchema) } },
        responses: { 204: { description } },
      }),
      async (c) => {
        await move(deps, c.var.actor, { period: c.req.valid('param').period, reason: c.req.valid('json').reason });
        return c.body(null, 204);
      },
    );
  }

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/cycles/{period}/close', tags },
      request: { params, body: { required: true, ...json(moveSchema) } },
      responses: { 202: { description: 'It is being closed; the cycle tells how far it has come' } },
    }),
    async (c) => {
      const input = { period: c.req.valid('param').period, reason: c.req.valid('json').reason };
      const { done } = await closeCycle(deps, c.var.actor, input);
      done.catch((cause: unknown) =>
        deps.log.error({ code: cause instanceof HengError ? cause.code : 'internal' }, 'a cycle could not be closed'),
      );
      return c.body(null, 202);
    },
  );

  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/cycles/{period}/revise', tags },
      request: { params, body: { required: true, ...json(reviseSchema) } },
      responses: { 200: { description: 'The card was made again from today’s facts', ...json(revisedSchema) } },
    }),
    async (c) =>
      c.json(await reviseCard(deps, c.var.actor, { ...c.req.valid('json'), period: c.req.valid('param').period }), 200),
  );
}
