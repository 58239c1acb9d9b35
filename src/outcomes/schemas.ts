import { z } from 'zod';
import { tiers } from '../scores/planAmounts.ts';
import { textSchema } from '../scores/schemas.ts';
import { basisCardSchema, handKinds, proposalKinds, proposalStates, suggestionSchema } from './proposal.ts';
import { sortings } from './sortProposals.ts';

const instant = z.iso.datetime();
/** Integer fen as text: a year's bonus of a large company has more digits than a float holds. */
export const fenSchema = z.string().regex(/^-?\d{1,18}$/);
export const periodParam = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/);
const idSchema = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const dayText = z.iso.date();
export const reasonSchema = z.string().trim().min(1).max(500);

/** What somebody approved. Only the fields of the proposal's kind are there. */
export const decisionSchema = z.strictObject({
  /** Of a raise. */
  percent: z.string().optional(),
  toTier: z.enum(tiers).optional(),
  title: z.string().optional(),
  /** Of a payout, as it held when it was approved. */
  baseFen: fenSchema.optional(),
  amountFen: fenSchema.optional(),
  /** Last day of a training or improvement plan. */
  endsOn: dayText.optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** Why a payout has no amount yet. */
export const lackSchema = z.enum(['salary', 'performancePay', 'coefficient', 'rate', 'factor', 'base']);
export type Lack = z.infer<typeof lackSchema>;

/** What a payout comes to by today's salaries, or why nothing can be said. */
export const amountSchema = z.discriminatedUnion('status', [
  /** `baseFen`: what was multiplied, null where there is no such thing. */
  z.object({ status: z.literal('known'), baseFen: fenSchema.nullable(), amountFen: fenSchema }),
  z.object({ status: z.literal('lacking'), lack: lackSchema }),
]);
export type Amount = z.infer<typeof amountSchema>;

export const proposalSchema = z.object({
  id: idSchema,
  period: z.string(),
  agent: z.object({ agentId: z.string(), name: z.string(), team: z.string(), shop: z.string() }),
  kind: z.enum(proposalKinds),
  rule: z.string(),
  plan: z.object({ id: z.string(), version: z.number().int(), name: textSchema }),
  words: textSchema.nullable(),
  basis: z.array(basisCardSchema).readonly(),
  suggestion: suggestionSchema,
  /** null where it pays nothing, or the reader may not see pay. */
  amount: amountSchema.nullable(),
  state: z.enum(proposalStates),
  /** False once the cards do not give it any more. */
  supported: z.boolean(),
  /** A later revision of the same rule's proposal stands beside it. */
  replaced: z.boolean(),
  proposed: z.object({ at: instant, by: z.string(), byHand: z.boolean() }),
  decided: z.object({ at: instant, by: z.string(), reason: z.string(), decision: decisionSchema }).nullable(),
  mayDecide: z.boolean(),
});
export type ProposalView = z.infer<typeof proposalSchema>;

const countSchema = z.object({ kind: z.enum(proposalKinds), state: z.enum(proposalStates), count: z.number().int() });

/** GET /api/outcomes; `after` is how many to pass over. */
export const outcomesQuerySchema = z.object({
  period: periodParam.optional(),
  kind: z.enum(proposalKinds).optional(),
  state: z.enum([...proposalStates, 'all']).default('proposed'),
  text: z.string().trim().max(100).default(''),
  agent: z.string().max(200).optional(),
  sort: z.enum(sortings).default('kind'),
  order: z.enum(['up', 'down']).default('up'),
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type OutcomesQuery = z.infer<typeof outcomesQuerySchema>;

export const outcomeListSchema = z.object({
  /** Published periods, the latest first. */
  periods: z.array(z.string()),
  /** null: nothing was published yet. */
  period: z.string().nullable(),
  counts: z.array(countSchema),
  proposals: z.array(proposalSchema),
  next: z.number().int().nullable(),
  may: z.object({ decide: z.boolean(), pay: z.boolean(), enter: z.boolean() }),
});
export type OutcomeList = z.infer<typeof outcomeListSchema>;

/** What was approved for one person; a person's own view. */
export const approvedListSchema = z.object({
  approved: z.array(proposalSchema),
  /** null where no plan of theirs has stars. */
  stars: z.number().int().nullable(),
});
export type ApprovedList = z.infer<typeof approvedListSchema>;

const eventSchema = z.object({
  at: instant,
  what: z.enum(['proposed', 'changed', 'fell', 'stands', 'approved', 'declined']),
  by: z.string(),
  reason: z.string(),
  before: suggestionSchema.nullable(),
});
export const outcomeEventsSchema = z.object({ events: z.array(eventSchema) });
export type OutcomeEvents = z.infer<typeof outcomeEventsSchema>;

const percentSchema = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/);
const yuanSchema = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);

/** One decision about one proposal or many; what a kind needs beyond the reason is given with it. */
export const decideInputSchema = z.strictObject({
  ids: z.array(idSchema).min(1).max(5000),
  decision: z.enum(['approved', 'declined']),
  reason: reasonSchema,
  percent: percentSchema.optional(),
  toTier: z.enum(tiers).optional(),
  title: z.string().trim().min(1).max(60).optional(),
  endsOn: dayText.optional(),
  /** In yuan, for an incentive whose amount nothing tells. */
  amount: yuanSchema.optional(),
});
export type DecideInput = z.infer<typeof decideInputSchema>;

/** The same decision about everything of a kind in a period that waits and could be approved. */
export const decideAllInputSchema = z.strictObject({
  period: periodParam,
  kind: z.enum(['coefficient', 'bonusMonths', 'mentorShare', 'incentive', 'training']),
  reason: reasonSchema,
  endsOn: dayText.optional(),
});
export type DecideAllInput = z.infer<typeof decideAllInputSchema>;
export const decidedSchema = z.object({ decided: z.number().int(), left: z.number().int() });
export type Decided = z.infer<typeof decidedSchema>;

export const enterInputSchema = z.strictObject({
  period: periodParam,
  agentId: z.string().min(1).max(200),
  kind: z.enum(handKinds),
  reason: reasonSchema,
});
export type EnterInput = z.infer<typeof enterInputSchema>;
