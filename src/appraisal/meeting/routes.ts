import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import { meetingSchema, movedSchema, moveGradeSchema } from './schemas.ts';
import { moveGrade, undoMove } from './verbs/moveGrade.ts';
import { readMeeting } from './verbs/readMeeting.ts';

const tags = ['cycles'];
const params = z.object({ period: z.string().max(40).meta({ example: '2026-10' }) });
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

/** The calibration meeting of a closed period: looked at, people moved, moves taken back. */
export function meetingRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cycles/{period}/meeting', tags },
      request: { params, query: z.object({ plan: z.string().max(64).optional() }) },
      responses: {
        200: { description: 'Everybody of one plan, their grades, quotas and pay', ...json(meetingSchema) },
      },
    }),
    async (c) =>
      c.json(await readMeeting(deps, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/cycles/{period}/meeting/moves', tags },
      request: { params, body: { required: true, ...json(moveGradeSchema) } },
      responses: { 200: { description: 'Moved, with the reason', ...json(movedSchema) } },
    }),
    async (c) => c.json(await moveGrade(deps, c.var.actor, { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/cycles/{period}/meeting/moves/{move}/undo', tags },
      request: {
        params: params.extend({
          move: z.coerce
            .number()
            .int()
            .min(1)
            .max(2 ** 31 - 1),
        }),
      },
      responses: { 200: { description: 'Taken back', ...json(movedSchema) } },
    }),
    async (c) => c.json(await undoMove(deps, c.var.actor, c.req.valid('param')), 200),
  );
}
