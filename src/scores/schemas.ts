import { z } from 'zod';
import type { Bilingual } from '../platform/language.ts';
import { cycleStates } from './cycleState.ts';
import { amountSchema, idSchema } from './planAmounts.ts';
import { planSchema } from './planSchema.ts';

/**
 * What the API says about plans and scorecards; shared with the pages. Decimals are strings, exact unless the field says rounded.
 * `null` always means "there is none" (no data, unrated, input not given), never zero.
 */
export const textSchema = z.object({ zh: z.string(), en: z.string() });
export type Text = Bilingual;
const decimal = z.string();

export const gradeSchema = z.object({ id: z.string(), zh: z.string(), en: z.string() });
export const cardStatusSchema = z.enum(['rated', 'unrated']);
/** scored: counts. noData, lowSample: shown, no points, its weight went to the others. */
export const itemStatusSchema = z.enum(['scored', 'noData', 'lowSample']);

export const issueSchema = z.object({
  /** Where in the plan, as `blocks[0].items[2].weight`; empty for the whole. */
  path: z.string(),
  code: z.string(),
  /** error: cannot be published. needed: an input the organisation must give before anything is paid out. note: worth knowing. */
  level: z.enum(['error', 'needed', 'note']),
  message: textSchema,
});
export type PlanIssue = z.infer<typeof issueSchema>;

export const planVersionSchema = z.object({
  version: z.number().int().positive(),
  /** template: shipped with Heng. own: published by the organisation. */
  origin: z.enum(['template', 'own']),
  /** sha256 over the canonical JSON of the plan. */
  hash: z.string(),
  /** First month the version applies to, as 2026-10; null: from the beginning. */
  inForceFrom: z.string().nullable(),
  publishedAt: z.string(),
  publishedBy: z.string(),
});

export const planListSchema = z.object({
  plans: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      summary: textSchema,
      /** The version in force today. */
      version: z.number().int(),
      origin: z.enum(['template', 'own']),
      inForceFrom: z.string().nullable(),
      versions: z.number().int(),
      blocks: z.number().int(),
      items: z.number().int(),
      /** Required inputs still missing, such as a coefficient. */
      missingInputs: z.array(z.object({ id: z.string(), name: textSchema })),
    }),
  ),
});
export type PlanList = z.infer<typeof planListSchema>;

export const planPageSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  versions: z.array(planVersionSchema),
  plan: planSchema,
  /** Sentences for the readable page, one per item id: what is measured, against which target, what share of it counts. */
  explained: z.record(z.string(), textSchema),
  /** What holds beside items, grades and outcomes; `rec` where it is our choice. */
  rules: z.array(
    z.object({ id: z.string(), title: textSchema, lines: z.array(textSchema), rec: textSchema.nullable() }),
  ),
  issues: z.array(issueSchema),
});
export type PlanPage = z.infer<typeof planPageSchema>;

export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ example: '2026-10' });

export const publishPlanSchema = z.union([
  z.object({
    /** The plan as YAML or JSON. */
    text: z.string().min(1).max(262_144),
    inForceFrom: monthSchema.optional(),
  }),
  z.object({
    plan: z.string().max(64),
    /** Its latest version, whose text is published again with these inputs given. */
    version: z.number().int().positive(),
    inputs: z.record(idSchema, amountSchema),
    inForceFrom: monthSchema.optional(),
  }),
]);

export const publishedPlanSchema = planVersionSchema
  .pick({ version: true, hash: true, inForceFrom: true })
  .extend({ id: z.string(), issues: z.array(issueSchema) });
export type PublishedPlan = z.infer<typeof publishedPlanSchema>;

export const planDiffSchema = z.object({
  id: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  changes: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['added', 'removed', 'changed']),
      before: z.string().nullable(),
      after: z.string().nullable(),
      text: textSchema,
    }),
  ),
});
export type PlanDiff = z.infer<typeof planDiffSchema>;

const personSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  tier: z.string().nullable(),
});

const totals = {
  status: cardStatusSchema,
  /** Rounded half up to two decimals; null when unrated. */
  total: decimal.nullable(),
  grade: gradeSchema.nullable(),
  /** null when unrated, or when the plan still waits for this input. */
  coefficient: decimal.nullable(),
};

const planRef = z.object({ id: z.string(), name: textSchema, version: z.number().int() });
export const scorecardRowSchema = personSchema.extend({
  ...totals,
  /** By which plan and version this card is made. */
  plan: planRef,
  /** Total of the period before (month → month before, quarter → quarter before); null when there is none. */
  previousTotal: decimal.nullable(),
  /** The grade by rank among everybody, with its level from 1; null where the plan distributes none or the pool is too small. */
  rank: gradeSchema.extend({ level: z.number().int(), levels: z.number().int() }).nullable(),
  /** Names of confirmed red lines. */
  vetoes: z.array(textSchema),
  items: z.array(
    z.object({
      id: z.string(),
      status: itemStatusSchema,
      attainment: decimal.nullable(),
      points: decimal.nullable(),
      /** As the plan (and the promotion rule) has it. */
      weight: decimal,
      /** After the weight of items without data went to the others; null for an item that gives no score. */
      effectiveWeight: decimal.nullable(),
    }),
  ),
});

const columnSchema = z.object({
  id: z.string(),
  block: z.string(),
  name: textSchema,
  metric: z.string(),
  weight: decimal,
  unit: z.string(),
});

export type ScorecardRow = z.infer<typeof scorecardRowSchema>;

export const scorecardListSchema = z.object({
  /** Null where people of several plans are listed, each by their own; blocks and columns are empty then. */
  plan: planRef.nullable(),
  period: z.string(),
  blocks: z.array(z.object({ id: z.string(), name: textSchema, weight: decimal })),
  /** The items in the plan's order: what the columns of the table are. */
  columns: z.array(columnSchema),
  rows: z.array(scorecardRowSchema),
});
export type ScorecardList = z.infer<typeof scorecardListSchema>;

const partSchema = z.object({
  /** The priority, such as urgent. */
  key: z.string(),
  name: textSchema,
  value: decimal.nullable(),
  target: decimal,
  n: z.number(),
  attainment: decimal.nullable(),
});

export const scorecardItemSchema = z.object({
  id: z.string(),
  block: z.string(),
  name: textSchema,
  metric: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  status: itemStatusSchema,
  value: decimal.nullable(),
  numerator: decimal.nullable(),
  denominator: decimal.nullable(),
  n: z.number(),
  /** The target in force, for a range the full mark; null for an item in parts, which have one each. */
  target: decimal.nullable(),
  /** Why this target: fixed, by load, relaxed on promotion days, by priority, by tier. */
  targetWhy: textSchema,
  /** The one sentence that says why these points. */
  reason: textSchema,
  weight: decimal,
  effectiveWeight: decimal.nullable(),
  attainment: decimal.nullable(),
  points: decimal.nullable(),
  /** effectiveWeight − points; null for an item that gives no score. */
  lost: decimal.nullable(),
  /** Median of the team's points for this item, scaled to this card's weight; null below three scored colleagues. */
  teamMedian: decimal.nullable(),
  parts: z.array(partSchema),
  /** What was charged, for an item that loses points by incident or by day; dearest first. */
  deductions: z.array(
    z.object({
      /** null for a day that missed the target. */
      incidentId: z.string().nullable(),
      day: z.string(),
      severity: z.enum(['minor', 'major']).nullable(),
      points: decimal,
      /** The item that charges for the same incident instead. */
      chargedUnder: textSchema.nullable(),
    }),
  ),
  /** Adds to its block outside the weights. */
  bonus: z.boolean(),
  /** The period the value is of: another one than the card's for the latest approved assessment. */
  valuePeriod: z.string(),
  /** Parameters of the query that lists the rows behind this item. */
  evidence: z.object({ metric: z.string(), agent: z.string(), period: z.string() }),
  /** The options by which the plan has the metric counted, in words; null: by the definition in force. */
  counted: textSchema.nullable(),
  /** Where `value` is the standardised one: the figure as counted, and in how many strata it was compared (0: in none). */
  standardised: z.object({ raw: decimal, strata: z.number().int() }).nullable(),
});
export type ScorecardItem = z.infer<typeof scorecardItemSchema>;

export const stepSchema = z.object({
  /** part and mean: what a quarter or year is made from. The others in the order of the arithmetic. */
  kind: z.enum([
    'absent',
    'tier',
    'exempt',
    'promotion',
    'replaced',
    'redistribute',
    'deduction',
    'sameIncident',
    'coupling',
    'incentive',
    'item',
    'bonus',
    'track',
    'mentor',
    'part',
    'mean',
    'round',
    'grade',
    'veto',
    'star',
    'coefficient',
    'team',
    'unrated',
  ]),
  item: z.string().nullable(),
  text: textSchema,
  /** The running total after this step, rounded to four decimals; null before the first points. */
  running: decimal.nullable(),
});

/** Where the period of a card stands. */
const cardCycleSchema = z.object({
  state: z.enum(cycleStates),
  publishedOn: z.string().nullable(),
  /** The version of the card that counts, from 1; null while it is not frozen. */
  version: z.number().int().nullable(),
  /** The ledger's entry of it; null before publication. */
  entry: z.string().nullable(),
  /** A calibration meeting decided the grade: the one that bands or rank had given. */
  meeting: z.object({ computed: gradeSchema.nullable() }).nullable(),
});

export const scorecardPageSchema = z.object({
  plan: planRef,
  period: z.string(),
  /** null while nobody has opened the period. */
  cycle: cardCycleSchema.nullable(),
  agent: personSchema,
  ...totals,
  /** null without a period before, and where another plan held in it: totals of two plans are not compared. */
  previousTotal: decimal.nullable(),
  /** The card in one sentence. */
  sentence: textSchema,
  vetoes: z.array(textSchema),
  /** The parts of the total that are scored out of 100; empty where the plan has none. */
  tracks: z.array(z.object({ id: z.string(), name: textSchema, weight: decimal, score: decimal.nullable() })),
  blocks: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      track: z.string().nullable(),
      weight: decimal,
      points: decimal.nullable(),
    }),
  ),
  items: z.array(scorecardItemSchema),
  /** The same items in other groups, each out of 100; the total does not depend on them. */
  views: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      parts: z.array(z.object({ id: z.string(), name: textSchema, weight: decimal, score: decimal.nullable() })),
    }),
  ),
  steps: z.array(stepSchema),
  /** Up to six earlier periods of the same kind, oldest first, then this one; each by the plan it was under, unless one was asked for. */
  trend: z.array(
    z.object({ period: z.string(), total: decimal.nullable(), grade: gradeSchema.nullable(), plan: z.string() }),
  ),
  /** For quarters and years: the periods the total is the mean of. */
  madeFrom: z.array(z.object({ period: z.string(), total: decimal.nullable() })),
  /** What went well: items at their full points, largest first. */
  strengths: z.array(z.object({ item: z.string(), text: textSchema })),
  /** What would lift the total most: a realistic step in one item each, with the points that scoring it again brings; at most three. */
  lifts: z.array(z.object({ item: z.string(), points: decimal, text: textSchema })),
});
export type ScorecardPage = z.infer<typeof scorecardPageSchema>;

const moverSchema = personSchema.extend({ plan: z.string(), total: decimal, previousTotal: decimal, change: decimal });
export const overviewSchema = z.object({
  period: z.string(),
  /** null without anybody. */
  previousPeriod: z.string().nullable(),
  agents: z.number().int(),
  rated: z.number().int(),
  /** One entry for each plan that somebody has a card by: totals by different plans are not added up. */
  plans: z.array(
    z.object({
      plan: planRef,
      agents: z.number().int(),
      rated: z.number().int(),
      /** Mean of the rated totals, rounded; null without any. */
      meanTotal: decimal.nullable(),
      /** Half-open bins of five points, from 0; the last one includes 100. */
      distribution: z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int() })),
      grades: z.array(z.object({ grade: gradeSchema, count: z.number().int() })),
    }),
  ),
  movedUp: z.array(moverSchema),
  movedDown: z.array(moverSchema),
  /** How many of the rated were under another plan in the period before: they are not among those who moved. */
  changedPlan: z.number().int(),
  /** Items whose team figure (ratio of sums) misses the target, largest lost points first. */
  missed: z.array(
    z.object({
      team: z.string(),
      plan: planRef,
      item: z.string(),
      name: textSchema,
      metric: z.string(),
      unit: z.string(),
      better: z.enum(['higher', 'lower']),
      /** The priority that misses its own target (urgent), for an item in parts. */
      part: z.string().nullable(),
      value: decimal,
      target: decimal,
      attainment: decimal,
      n: z.number(),
    }),
  ),
  unrated: z.array(personSchema.extend({ reason: textSchema })),
});
export type Overview = z.infer<typeof overviewSchema>;

export const periodParam = z
  .string()
  .max(40)
  .meta({ description: '2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07', example: '2026-10' });
export const planIdParam = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .meta({ example: 'appliance-aftersales' });
/** Without a plan each person is scored by the one that covers them in the period, of a closed one by the plan it was closed with. */
export const scorecardQuerySchema = z.object({
  plan: planIdParam.optional(),
  period: periodParam,
  team: z.string().max(200).optional(),
  shop: z.string().max(200).optional(),
  /** This version of the plan instead of the one in force: to try it on a past period. */
  version: z.coerce.number().int().positive().max(1_000_000).optional(),
});
