import { z } from 'zod';
import { dimensions } from './metricValue.ts';

export const bilingual = z.object({ zh: z.string(), en: z.string() });

export const unitSchema = z.enum(['percent', 'seconds', 'hours', 'minutes', 'count', 'points', 'nps', 'yuan']);

/** What GET /api/metrics/definitions tells of one metric: enough to check a figure by hand. */
export const metricDefinitionSchema = z.object({
  id: z.string(),
  name: bilingual,
  unit: unitSchema,
  better: z.enum(['higher', 'lower', 'band']),
  definition: bilingual,
  numerator: bilingual,
  denominator: bilingual,
  attribution: bilingual,
  periodRule: bilingual,
  exclusion: bilingual,
  minN: z.number(),
  /** As in the catalogue, or as composed. */
  shippedMinN: z.number(),
  source: z.string(),
  dimensions: z.array(z.enum(dimensions)),
  options: z.array(
    z.object({
      id: z.string(),
      values: z.array(z.string()),
      /** Words for values that do not speak for themselves. */
      labels: z.record(z.string(), bilingual),
      /** Besides the values any whole number in this range. */
      range: z.object({ min: z.number(), max: z.number(), unit: z.enum(['seconds', 'hours']) }).nullable(),
      /** What counts where none is named; null for an option that then changes nothing. */
      standard: z.string().nullable(),
      description: bilingual,
      note: bilingual.nullable(),
    }),
  ),
  /** How platforms count it: the request that comes nearest, why, where that is said, and what of it cannot be expressed. */
  platforms: z.array(
    z.object({
      ...{ preset: z.string(), name: bilingual, request: z.string() },
      ...{ why: bilingual, source: z.string(), lacks: z.array(bilingual) },
    }),
  ),
  origin: z.enum(['catalogue', 'own']),
  /** The month from which a metric of one's own is no longer offered. */
  retiredFrom: z.string().nullable(),
  /** What the organisation chose and since when (a month; null: from the beginning); `versions` counts its decisions. */
  inForce: z.object({
    options: z.record(z.string(), z.string()),
    minN: z.number().nullable(),
    since: z.string().nullable(),
    versions: z.number().int(),
  }),
  /** A metric of one's own as it was written, in JSON; null for the catalogue's. */
  text: z.string().nullable(),
});
export const metricDefinitionsSchema = z.object({ metrics: z.array(metricDefinitionSchema) });

const counted = { numerator: z.string(), denominator: z.string(), n: z.number().int() };
export const metricFigureSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok'), value: z.string(), ...counted }),
  z.object({ status: z.literal('lowSample'), value: z.string(), ...counted }),
  z.object({ status: z.literal('noData'), value: z.null(), ...counted }),
]);
export const metricRowSchema = z.intersection(
  z.object({ key: z.partialRecord(z.enum(dimensions), z.string()), metric: z.string() }),
  metricFigureSchema,
);
export const metricsAnswerSchema = z.object({ period: z.string(), rows: z.array(metricRowSchema) });

/** One observation behind a figure. `counts` says how it entered numerator and denominator, in the metric's units. */
export const evidenceRowSchema = z.object({
  kind: z.enum([
    'session',
    'ticket',
    'rating',
    'attendance',
    'assessment',
    'incident',
    'agentDay',
    'order',
    'employed',
  ]),
  /** Opens /api/sessions/{id}, /api/tickets/{id} or /api/orders/{id}; null where there is nothing to open. */
  open: z.object({ kind: z.enum(['session', 'ticket', 'order', 'employed']), id: z.string() }).nullable(),
  id: z.string(),
  at: z.iso.datetime(),
  agentId: z.string(),
  customer: z.string().nullable(),
  channel: z.string().nullable(),
  queue: z.string().nullable(),
  shop: z.string().nullable(),
  priority: z.string().nullable(),
  numerator: z.string(),
  denominator: z.string(),
  /** Later sessions that count as one with this one (option `returns=rejoin`), in order. */
  rejoined: z.array(z.string()),
});
export const evidenceSchema = z.object({
  metric: z.string(),
  period: z.string(),
  total: z.number().int(),
  /** Totals over all rows, not only this page: equal to the figure shown. */
  numerator: z.string(),
  denominator: z.string(),
  rows: z.array(evidenceRowSchema),
  next: z.string().nullable(),
});

export const turnSchema = z.object({
  startedAt: z.iso.datetime(),
  /** Start of the agent clock: the latest of turn start, hand-off from the bot and assignment to this agent. */
  clockAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  agentId: z.string().nullable(),
  replySeconds: z.string().nullable(),
  customerSeconds: z.string().nullable(),
});
export const transcriptSchema = z.object({
  session: z.object({
    /** null where names are hidden: it would lead to them. */
    sessionId: z.string().nullable(),
    customer: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    channel: z.string(),
    shop: z.string(),
    queue: z.string(),
    issue: z.string(),
    ownerAgentId: z.string().nullable(),
    ownerName: z.string().nullable(),
    firstReplySeconds: z.string().nullable(),
    /** Why the session does not count for most metrics; empty when it counts. */
    exclusions: z.array(
      z.enum(['botOnly', 'agentInitiated', 'test', 'noCustomerMessage', 'outage', 'outsideServiceHours']),
    ),
    rating: z.object({ score: z.number(), at: z.iso.datetime() }).nullable(),
    tickets: z.array(z.string()),
  }),
  messages: z.array(
    z.object({
      /** Tells it from the session's other messages, here and wherever something is said of it. */
      key: z.string(),
      at: z.iso.datetime(),
      sender: z.enum(['customer', 'bot', 'system', 'agent']),
      senderId: z.string().nullable(),
      senderName: z.string().nullable(),
      /** Personal data masked unless the reader's role may see it and asked to. */
      text: z.string(),
      kind: z.enum(['text', 'image', 'product', 'invitation', 'note', 'withdrawn']),
      auto: z.boolean(),
      humanReply: z.boolean(),
      /** Index into turns: this message opened or answered that turn. */
      opensTurn: z.number().int().nullable(),
      answersTurn: z.number().int().nullable(),
    }),
  ),
  turns: z.array(turnSchema),
  masked: z.boolean(),
  /** True when the session has more messages than the page shows. */
  truncated: z.boolean(),
});
export const ticketSchema = z.object({
  ticketId: z.string(),
  customer: z.string(),
  agentId: z.string(),
  agentName: z.string().nullable(),
  kind: z.string(),
  priority: z.string(),
  createdAt: z.iso.datetime(),
  firstClosedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  issue: z.string(),
  product: z.string(),
  contacts: z.number().int(),
  reopened: z.boolean(),
  escalated: z.boolean(),
  cycleHours: z.string().nullable(),
  sessionId: z.string().nullable(),
});

/** What pickers offer: who and what exists, and which months have data. */
export const organisationSchema = z.object({
  timeZone: z.string(),
  agents: z.array(
    z.object({ agentId: z.string(), name: z.string(), team: z.string(), shop: z.string(), tier: z.string() }),
  ),
  teams: z.array(z.string()),
  shops: z.array(z.string()),
  periods: z.array(z.string()),
  defaultPeriod: z.string().nullable(),
  defaultPlan: z.string(),
});

export type MetricDefinitionView = z.infer<typeof metricDefinitionSchema>;
export type MetricsAnswer = z.infer<typeof metricsAnswerSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;
export type Transcript = z.infer<typeof transcriptSchema>;
export type TicketView = z.infer<typeof ticketSchema>;
export type Organisation = z.infer<typeof organisationSchema>;
