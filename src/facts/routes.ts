import { createRoute, z } from '@hono/zod-openapi';
import type { Ingest } from '../ingest/ingest.ts';
import type { HengApp } from '../platform/http.ts';
import { calendarChangedSchema, calendarChangeSchema, calendarMonthSchema } from './schemas.ts';
import { changeCalendar } from './verbs/changeCalendar.ts';
import { readCalendar } from './verbs/readCalendar.ts';

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { content: { 'application/json': { schema } }, description },
});

/** The organisation's calendar. Changes go in as ingest batches do. */
export function calendarRoutes(app: HengApp, ingest: Ingest): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/calendar',
      request: { query: z.object({ month: z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/) }) },
      responses: json(calendarMonthSchema, 'What each day of the month is'),
    }),
    async (c) => c.json(await readCalendar(ingest.deps, c.var.actor, c.req.valid('query').month), 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/calendar',
      description: 'Sets and takes back rows, all or none; facts of the touched days follow within seconds.',
      request: { body: { content: { 'application/json': { schema: calendarChangeSchema } }, required: true } },
      responses: json(calendarChangedSchema, 'How many rows are other than before'),
    }),
    async (c) => c.json(await changeCalendar(ingest, c.var.actor, c.req.valid('json')), 200),
  );
}
