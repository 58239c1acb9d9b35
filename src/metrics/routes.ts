import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { funnelSchema, intervalsSchema } from './comparisonSchemas.ts';
import { dimensions } from './metricValue.ts';
import {
  evidenceSchema,
  metricDefinitionsSchema,
  metricsAnswerSchema,
  organisationSchema,
  ticketSchema,
  transcriptSchema,
} from './schemas.ts';
import { listDefinitions } from './verbs/listDefinitions.ts';
import { readEvidence } from './verbs/readEvidence.ts';
import { readFunnel } from './verbs/readFunnel.ts';
import { readIntervals } from './verbs/readIntervals.ts';
import { readMetrics } from './verbs/readMetrics.ts';
import { type PlanOfReader, readOrganisation } from './verbs/readOrganisation.ts';
import { readTicket } from './verbs/readTicket.ts';
import { readTranscript } from './verbs/readTranscript.ts';

const listed = z
  .string()
  .max(20_000)
  .transform((text) => text.split(',').filter((part) => part !== ''));
const filterQuery = {
  agent: listed.optional(),
  team: listed.optional(),
  shop: listed.optional(),
  channel: listed.optional(),
  queue: listed.optional(),
  priority: listed.optional(),
};
const by = listed.pipe(z.array(z.enum(dimensions)).max(3));
const id = z.object({ id: z.string().min(1).max(500) });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});

function filterOf(query: { [name in keyof typeof filterQuery]?: string[] | undefined }) {
  const names = ['agent', 'team', 'shop', 'channel', 'queue', 'priority'] as const;
  return Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

/** Figures, their definitions and the evidence behind them. `planOfReader` names the plan that a reader's pages open with. */
export function metricRoutes(app: HengApp, deps: Deps, planOfReader: PlanOfReader): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/metrics/definitions',
      responses: json(metricDefinitionsSchema, 'Every metric'),
    }),
    async (c) => c.json({ metrics: await listDefinitions(deps, c.var.actor) }, 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/metrics',
      request: {
        query: z.object({
          ...{ period: z.string(), by: by.optional(), metric: listed.optional() },
          /** A platform of `presets.ts`, by whose rules metrics named without options are counted. */
          preset: z.string().max(40).optional(),
          ...filterQuery,
        }),
      },
      responses: json(metricsAnswerSchema, 'Figures'),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const answer = await readMetrics(deps, c.var.actor, {
        period: query.period,
        by: query.by ?? [],
        filter: filterOf(query),
        ...(query.preset ? { preset: query.preset } : {}),
        ...(query.metric ? { metrics: query.metric } : {}),
      });
      return c.json(answer, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/metrics/intervals',
      request: {
        query: z.object({ period: z.string(), by: by.optional(), metric: listed.optional(), ...filterQuery }),
      },
      responses: json(intervalsSchema, 'How sure each figure is: 95% intervals, with the method that suits it'),
    }),
    async (c) => {
      const { period, by: dimensionsAsked = [], metric, ...filters } = c.req.valid('query');
      const asked = { period, by: dimensionsAsked, filter: filterOf(filters), ...(metric ? { metrics: metric } : {}) };
      return c.json(await readIntervals(deps, c.var.actor, asked), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/metrics/funnel',
      request: { query: z.object({ metric: z.string().max(200), period: z.string().max(40) }) },
      responses: json(
        funnelSchema,
        'People on one metric, with control limits by volume and the case-mix standardised value',
      ),
    }),
    async (c) => c.json(await readFunnel(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/evidence',
      request: {
        query: z.object({
          metric: z.string().max(200),
          period: z.string(),
          cursor: z.string().max(600).default(''),
          ...filterQuery,
        }),
      },
      responses: json(evidenceSchema, 'The observations behind a figure'),
    }),
    async (c) => {
      const query = c.req.valid('query');
      return c.json(await readEvidence(deps, c.var.actor, { ...query, filter: filterOf(query) }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/sessions/{id}',
      request: {
        params: id,
        query: z.object({ metric: z.string().optional(), reveal: z.enum(['true', 'false']).default('false') }),
      },
      responses: json(transcriptSchema, 'A conversation with its turns'),
    }),
    async (c) => {
      const input = { sessionId: c.req.valid('param').id, reveal: c.req.valid('query').reveal === 'true' };
      return c.json(await readTranscript(deps, c.var.actor, input), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/tickets/{id}',
      request: { params: id },
      responses: json(ticketSchema, 'A ticket'),
    }),
    async (c) => c.json(await readTicket(deps, c.var.actor, { ticketId: c.req.valid('param').id }), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/organisation',
      responses: json(organisationSchema, 'What pickers offer'),
    }),
    async (c) => c.json(await readOrganisation(deps, c.var.actor, planOfReader), 200),
  );
}
