import { z } from 'zod';
import { textSchema } from '../scores/schemas.ts';
import { payKinds } from './proposal.ts';
import { fenSchema, lackSchema, periodParam } from './schemas.ts';

const instant = z.iso.datetime();
const fenParam = z.string().regex(/^\d{1,15}$/);

/** One thing that is paid for a period, by one rule. */
export const payLineSchema = z.object({
  kind: z.enum(payKinds),
  rule: z.string(),
  /** Of an incentive. */
  name: textSchema.nullable(),
  /** What multiplies: a coefficient, months, or percent; null while it is not given. */
  factor: z.string().nullable(),
  baseFen: fenSchema.nullable(),
  /** What was approved last; null: nothing was. */
  approvedFen: fenSchema.nullable(),
  /** What waits for a decision, or why it has no amount; null: nothing waits. */
  waiting: z
    .discriminatedUnion('status', [
      z.object({ status: z.literal('known'), baseFen: fenSchema.nullable(), amountFen: fenSchema }),
      z.object({ status: z.literal('lacking'), lack: lackSchema }),
    ])
    .nullable(),
  /** The part of what was approved that waits for the end of an appeal. */
  heldFen: fenSchema,
});
export type PayLine = z.infer<typeof payLineSchema>;

export const payRowSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  /** Has a card, but no grade: nothing is paid by it, which is not a payment of zero. */
  unrated: z.boolean(),
  lines: z.array(payLineSchema).readonly(),
  /** Null, as the three below it, where nothing was approved yet. */
  approvedFen: fenSchema.nullable(),
  /** After the budget; the same where there is none. Null, as the two below it, where the floors are more than the budget. */
  shareFen: fenSchema.nullable(),
  heldFen: fenSchema.nullable(),
  /** To be paid out now: the share without what is held. */
  payableFen: fenSchema.nullable(),
});
export type PayRow = z.infer<typeof payRowSchema>;

/** What the budget changed. */
export const fittedSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('fits'), limited: z.number().int() }),
  z.object({
    status: z.literal('scaled'),
    /** Four decimals. */
    factor: z.string(),
    atFloor: z.number().int(),
    atCeiling: z.number().int(),
    roundedUp: z.number().int(),
  }),
  z.object({ status: z.literal('impossible'), leastFen: fenSchema }),
]);
export type FittedView = z.infer<typeof fittedSchema>;

const budgetShape = {
  capFen: fenParam,
  /** Percent, at most two decimals. */
  floorPercent: z.string().regex(/^(100(\.00?)?|\d{1,2}(\.\d{1,2})?)$/),
  ceilingFen: fenParam.nullable(),
};

export const payTableSchema = z.object({
  period: z.string(),
  rows: z.array(payRowSchema).readonly(),
  totals: z.object({
    approvedFen: fenSchema,
    /** Null, as the two below it, where the floors are more than the budget: then nobody has a share. */
    shareFen: fenSchema.nullable(),
    heldFen: fenSchema.nullable(),
    payableFen: fenSchema.nullable(),
    /** How many lines wait for a decision, and how many of them have no amount. */
    waiting: z.number().int(),
    lacking: z.number().int(),
    unrated: z.number().int(),
  }),
  budget: z
    .object({ ...budgetShape, at: instant, by: z.string(), reason: z.string(), fitted: fittedSchema })
    .nullable(),
  mayDecide: z.boolean(),
});
export type PayTable = z.infer<typeof payTableSchema>;

export const payQuerySchema = z.object({ period: periodParam });
/** GET /api/payouts.csv and .xlsx; names and states in words, the JSON has none. */
export const payFileQuerySchema = payQuerySchema.extend({ language: z.enum(['zh', 'en']).default('zh') });

/** POST /api/payouts/budget: `cap` null lifts it. With `preview` nothing is kept. */
export const budgetInputSchema = z
  .strictObject({
    period: periodParam,
    budget: z.strictObject(budgetShape).nullable(),
    reason: z.string().trim().max(500).default(''),
    preview: z.boolean().default(false),
  })
  .refine(({ reason, preview }) => preview || reason !== '', { path: ['reason'], message: 'a reason is needed' });
export type BudgetInput = z.infer<typeof budgetInputSchema>;
