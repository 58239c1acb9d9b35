import { z } from 'zod';
import { tiers } from '../scores/planAmounts.ts';
import { textSchema } from '../scores/schemas.ts';

export const proposalKinds = [
  ...(['coefficient', 'bonusMonths', 'mentorShare', 'incentive', 'raise', 'promotion', 'star', 'honour'] as const),
  ...(['training', 'improvementPlan', 'transfer', 'redLine', 'rotation'] as const),
] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export const proposalStates = ['proposed', 'approved', 'declined'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** What is paid out for a period. */
export const payKinds = ['coefficient', 'bonusMonths', 'mentorShare', 'incentive'] as const;
export type PayKind = (typeof payKinds)[number];

/** What people may propose by hand as well. */
export const handKinds = ['raise', 'promotion', 'honour', 'training', 'improvementPlan', 'transfer'] as const;

/** A card that a proposal rests on. */
export const basisCardSchema = z
  .object({
    period: z.string(),
    version: z.number().int(),
    /** null: unrated. */
    grade: textSchema.nullable(),
    total: z.string().nullable(),
  })
  .readonly();
export type BasisCard = z.infer<typeof basisCardSchema>;

/** An item that lost points, and what to learn for it. */
export const lostItemSchema = z
  .object({
    item: z.string(),
    name: textSchema,
    metric: z.string(),
    value: z.string().nullable(),
    target: z.string().nullable(),
    /** Points lost out of 100, two decimals. */
    lost: z.string(),
    learn: textSchema,
  })
  .readonly();
export type LostItem = z.infer<typeof lostItemSchema>;

const amount = z.string().nullable();
const tier = z.enum(tiers).nullable();
const lost = z.array(lostItemSchema).readonly();
const incident = z.object({ id: z.string(), name: textSchema, at: z.string() }).readonly();

/** What is suggested, by kind; null stands for what nothing tells yet, never for zero. */
export const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('coefficient'), coefficient: amount }),
  z.object({ kind: z.literal('bonusMonths'), coefficient: amount }),
  z.object({ kind: z.literal('mentorShare'), coefficient: amount, mentees: z.array(z.string()).readonly() }),
  z.object({
    kind: z.literal('incentive'),
    /** In percent, before and after the factor of the coupling. */
    rate: amount,
    factor: amount,
    percent: amount,
    /** In yuan, what the rate is of. */
    of: amount,
  }),
  z.object({ kind: z.literal('raise'), from: amount, to: amount }),
  z.object({ kind: z.literal('promotion'), from: tier, to: tier }),
  z.object({ kind: z.literal('star'), change: z.number().int(), incidents: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('honour'), title: textSchema.nullable() }),
  z.object({ kind: z.literal('training'), paidMonths: z.number().int().nullable(), lost }),
  z.object({ kind: z.literal('improvementPlan'), lost }),
  z.object({ kind: z.literal('transfer') }),
  z.object({
    kind: z.literal('redLine'),
    incidents: z.array(incident).readonly(),
    consequence: textSchema.nullable(),
  }),
  z.object({
    kind: z.literal('rotation'),
    /** The job now and the one whose requirements the levels meet. */
    from: textSchema,
    to: textSchema,
    job: z.string(),
    meets: z.array(z.object({ name: textSchema, level: z.number().int(), required: z.number().int() })).readonly(),
  }),
]);
export type Suggestion = Readonly<z.infer<typeof suggestionSchema>>;

/** What a rule gives for one person and period. */
export interface Proposed {
  readonly kind: ProposalKind;
  readonly rule: string;
  readonly words: BasisCard['grade'];
  readonly basis: readonly BasisCard[];
  readonly suggestion: Suggestion;
}

/** What a person entered is theirs: no card gives it, and they do not approve it themselves. */
export const isByHand = (rule: string): boolean => rule.startsWith('byHand');

/** Whether cards give it, so that it falls with them. A rotation comes of skills, and of cards only where it is shown. */
export const isOfCards = ({ kind, rule }: Pick<Proposed, 'kind' | 'rule'>): boolean =>
  !isByHand(rule) && kind !== 'rotation';

export const isPay = (kind: ProposalKind): kind is PayKind => (payKinds as readonly ProposalKind[]).includes(kind);
/** Whether it is money that somebody decides about. */
export const isMoney = (kind: ProposalKind): boolean => kind === 'raise' || isPay(kind);
