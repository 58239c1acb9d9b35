import { z } from 'zod';
import { creditBys, verdictReasons, verdictRules } from '../facts/orderVerdict.ts';

/** Whom a verdict names. To an agent a colleague is only that: `colleague` numbers them within one order. */
const agentRefSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('agent'), agentId: z.string(), name: z.string() }),
  z.object({ is: z.literal('colleague'), number: z.number().int() }),
]);

const verdictSchema = z.object({
  agent: agentRefSchema.nullable(),
  /** The session it rests on; null for nobody, and where the reader took no part in it. */
  sessionId: z.string().nullable(),
  reason: z.enum(verdictReasons),
});

/** Money as a decimal string of yuan. */
const orderSchema = z.object({
  orderId: z.string(),
  customer: z.string(),
  shop: z.string(),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  cancelledAt: z.iso.datetime().nullable(),
  amount: z.string(),
  refunded: z.string(),
  brushed: z.boolean(),
});

const byRule = z.object({ order: verdictSchema, payment: verdictSchema, orderFirst: verdictSchema });

export const orderListSchema = z.object({
  period: z.string(),
  total: z.number().int(),
  /** Orders on which the three rules do not agree; they come first. */
  differing: z.number().int(),
  rows: z.array(orderSchema.extend({ verdicts: byRule, differs: z.boolean() })),
  next: z.string().nullable(),
});

export const orderEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chat'),
    at: z.iso.datetime(),
    until: z.iso.datetime(),
    rounds: z.number().int(),
    agent: agentRefSchema,
    sessionId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('approach'),
    at: z.iso.datetime(),
    agent: agentRefSchema,
    sessionId: z.string().nullable(),
  }),
  z.object({ kind: z.enum(['created', 'paid', 'cancelled']), at: z.iso.datetime() }),
]);

export const orderPageSchema = z.object({
  order: orderSchema.extend({
    channel: z.string(),
    queue: z.string(),
    sku: z.string(),
    previousPaidAt: z.iso.datetime().nullable(),
  }),
  events: z.array(orderEventSchema),
  /** With the default window and claw-back. */
  verdicts: byRule,
  /** Every other choice: each rule, credit and window with whom it would credit. */
  choices: z.array(
    verdictSchema.extend({ rule: z.enum(verdictRules), credit: z.enum(creditBys), windowDays: z.number().int() }),
  ),
});

const figuresSchema = z.object({ orders: z.string(), revenue: z.string(), conversion: z.string().nullable() });
export const verdictSwitchSchema = z.object({
  period: z.string(),
  before: z.string(),
  after: z.string(),
  /** Whoever has a figure under one of the two, the greatest change of revenue first. */
  rows: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      before: figuresSchema,
      after: figuresSchema,
      changed: z.boolean(),
    }),
  ),
});

export type AgentRef = z.infer<typeof agentRefSchema>;
export type VerdictByRule = z.infer<typeof byRule>;
export type Verdict = z.infer<typeof verdictSchema>;
export type OrderList = z.infer<typeof orderListSchema>;
export type OrderEvent = z.infer<typeof orderEventSchema>;
export type OrderPage = z.infer<typeof orderPageSchema>;
export type VerdictSwitch = z.infer<typeof verdictSwitchSchema>;
