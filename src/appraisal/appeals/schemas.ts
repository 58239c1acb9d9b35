import { z } from 'zod';
import { gradeSchema, textSchema } from '../../scores/schemas.ts';
import { correctionSchema } from './correction.ts';

/** What the API says about appeals; shared with the pages. Decimals are strings, money is integer fen as a string. */
const instant = z.iso.datetime();
const decimal = z.string();

export const appealKinds = ['item', 'inspection', 'incident'] as const;
export const appealStates = ['submitted', 'hr', 'final'] as const;
export const outcomes = ['upheld', 'rejected'] as const;
export const linkKinds = ['session', 'ticket', 'order'] as const;

const periodParam = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/);
const reason = z.string().trim().min(1).max(4000);

export const appealIdParam = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** POST /api/appeals: against an item of one's card, an inspection, or an incident. */
export const submitAppealSchema = z.strictObject({
  period: periodParam,
  kind: z.enum(appealKinds),
  subject: z.string().min(1).max(500),
  reason,
  links: z
    .array(z.strictObject({ kind: z.enum(linkKinds), id: z.string().trim().min(1).max(200) }))
    .max(20)
    .default([]),
});
export type SubmitAppeal = z.infer<typeof submitAppealSchema>;
export const submittedSchema = z.object({ id: z.number().int() });

/** POST /api/appeals/{id}/evidence. */
export const addEvidenceSchema = z.strictObject({ kind: z.enum(['text', ...linkKinds]), text: reason });

/** POST /api/appeals/{id}/preview, and what is decided. */
export const previewSchema = z.strictObject({ corrections: z.array(correctionSchema).max(100) });
export const decideSchema = previewSchema.extend({ decision: z.enum(outcomes), reason });
export type DecideAppeal = z.infer<typeof decideSchema>;

const figure = z.object({ value: decimal.nullable(), points: decimal.nullable(), n: z.number().nullable() });
const standing = z.object({
  version: z.number().int(),
  total: decimal.nullable(),
  grade: gradeSchema.nullable(),
  level: z.number().int().nullable(),
  coefficient: decimal.nullable(),
  /** What the grade pays, in fen; null without a salary or coefficient, and for whoever may not see this person's pay. */
  payFen: z.string().nullable(),
});
/** A card before and after. */
export const comparedSchema = z.object({
  before: standing,
  after: standing,
  items: z.array(z.object({ id: z.string(), name: textSchema, unit: z.string(), before: figure, after: figure })),
  /** What runs of grades propose, gained or lost by it. */
  gained: z.array(z.object({ outcome: z.string(), period: z.string(), text: textSchema })),
  lost: z.array(z.object({ outcome: z.string(), period: z.string(), text: textSchema })),
  /** Quarters and years made from this period, with their totals and the grades that count. */
  longer: z.array(
    z.object({
      ...{ period: z.string(), before: decimal.nullable(), after: decimal.nullable() },
      grades: z.object({ before: gradeSchema.nullable(), after: gradeSchema.nullable() }),
    }),
  ),
  /** Items that a record stands behind but cannot be taken from: a value has to be given. */
  untouched: z.array(z.object({ item: z.string(), name: textSchema, why: z.enum(['percentile', 'team', 'moved']) })),
});
export type Compared = z.infer<typeof comparedSchema>;

export const appealLineSchema = z.object({
  id: z.number().int(),
  period: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  kind: z.enum(appealKinds),
  subject: z.string(),
  /** What is disputed, in words. */
  title: textSchema,
  state: z.enum(appealStates),
  outcome: z.enum(outcomes).nullable(),
  submittedAt: instant,
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  /** Whether the reader may decide the step at hand. */
  mayDecide: z.boolean(),
});
export type AppealLine = z.infer<typeof appealLineSchema>;

/** The same hit on another person's card, to be looked at again. */
export const reviewSchema = z.object({
  id: z.number().int(),
  appeal: z.number().int(),
  period: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  incidentId: z.string(),
  incident: z.string(),
  sessionId: z.string().nullable(),
  state: z.enum(['open', 'stands', 'overturned']),
  reason: z.string(),
  decidedBy: z.string().nullable(),
  mayDecide: z.boolean(),
});
export type Review = z.infer<typeof reviewSchema>;

export const appealViews = ['open', 'final', 'reviews'] as const;
/** GET /api/appeals?view=. */
export const appealListSchema = z.object({
  view: z.enum(appealViews),
  counts: z.object({ open: z.number().int(), overdue: z.number().int(), reviews: z.number().int() }),
  appeals: z.array(appealLineSchema),
  reviews: z.array(reviewSchema),
});
export type AppealList = z.infer<typeof appealListSchema>;

export const appealSchema = appealLineSchema.extend({
  shop: z.string(),
  reason: z.string(),
  submittedBy: z.string(),
  /** The rule that found it and who judged it, where one did. */
  rule: z.string().nullable(),
  judge: z.string().nullable(),
  evidence: z.array(
    z.object({
      id: z.number().int(),
      at: instant,
      by: z.string(),
      kind: z.enum(['text', ...linkKinds, 'file']),
      text: z.string(),
      mediaType: z.string().nullable(),
      bytes: z.number().int().nullable(),
    }),
  ),
  decisions: z.array(
    z.object({
      step: z.enum(['supervisor', 'hr']),
      decision: z.enum(outcomes),
      reason: z.string(),
      corrections: z.array(correctionSchema),
      at: instant,
      by: z.string(),
      /** Given in a supervisor's place. */
      inPlace: z.boolean(),
    }),
  ),
  /** The first word waits, and no supervisor in whose scope it is can give it: HR does. */
  noSupervisor: z.boolean(),
  /** What a decision to uphold puts right unless somebody chooses otherwise. */
  proposed: z.array(correctionSchema),
  /** What one may choose from, for an item: its incidents and charged days; and whether a value can be given, and for which parts. */
  choices: z.object({
    incidents: z.array(z.object({ incidentId: z.string(), incident: z.string(), day: z.string() })),
    days: z.array(z.string()),
    value: z
      .object({ item: z.string(), unit: z.string(), parts: z.array(z.string()), now: decimal.nullable() })
      .nullable(),
    /** Asks GET /api/evidence for the records behind the item; null where records cannot be taken out. */
    evidence: z.object({ metric: z.string(), agent: z.string(), period: z.string() }).nullable(),
  }),
  result: comparedSchema.nullable(),
  reviews: z.array(reviewSchema),
  /** Whether the reader may still add evidence. */
  mayAdd: z.boolean(),
});
export type Appeal = z.infer<typeof appealSchema>;

/** GET /api/appeal-window: whether a card can be appealed against, until when, and what has been. */
export const windowSchema = z.object({
  period: z.string(),
  state: z.enum(['notPublished', 'open', 'over']),
  lastDay: z.string().nullable(),
  /** The holidays of that time are not announced yet: the last day is counted by weekdays and may still change. */
  assumed: z.boolean(),
  mayAppeal: z.boolean(),
  /** What of the card can be appealed against, in words; inspections are not listed. */
  subjects: z.array(
    z.object({
      kind: z.enum(['item', 'incident']),
      id: z.string(),
      title: textSchema,
      day: z.string().nullable(),
      whole: z.boolean(),
    }),
  ),
  appeals: z.array(
    appealLineSchema.pick({ id: true, kind: true, subject: true, state: true, outcome: true }).extend({
      /** Decided, and of a result that was revised since: the same may be appealed against once more. */
      again: z.boolean(),
    }),
  ),
  /** The ledger's entry of the card that counts, which its receipt is asked for by; null where the ledger does not speak of it yet. */
  receipt: z.string().nullable(),
});
export type AppealWindow = z.infer<typeof windowSchema>;

const share = z.object({
  id: z.string(),
  decided: z.number().int(),
  upheld: z.number().int(),
  /** 95% interval of the share, 0 to 1. */
  low: z.number(),
  high: z.number(),
});
/** GET /api/appeal-statistics. */
export const statisticsSchema = z.object({
  decided: z.number().int(),
  upheld: z.number().int(),
  rules: z.array(share),
  judges: z.array(share.extend({ name: z.string() })),
  items: z.array(share.extend({ name: textSchema })),
});
export type AppealStatistics = {
  readonly items: z.infer<typeof share>[];
};
export type AppealStatisticsPage = z.infer<typeof statisticsSchema>;
export const decideReviewSchema = z.strictObject({ decision: z.enum(['stands', 'overturned']), reason });
