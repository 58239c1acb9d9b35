import { z } from 'zod';
import { gradeSchema, planIdParam, textSchema } from './schemas.ts';

/** What trying a plan on past periods answers; shared with the page. Decimals are strings; money is fen as whole numbers in strings. */
const decimal = z.string();
const whole = z.number().int();

/** Periods in one run: months of two years. */
export const triedPeriodsMax = 24;

const version = z.coerce.number().int().positive().max(1_000_000);
export const tryQuerySchema = z.object({
  plan: planIdParam,
  /** A published version; left out, the version in force in each period. */
  version: version.optional(),
  /** A draft instead of a version. */
  draft: z.uuid().optional(),
  /** The plan to hold it against, in the version that was in force in each period; the same plan unless named. */
  against: planIdParam.optional(),
  /** Comma-separated; quarters and years are tried month by month. */
  periods: z.string().min(4).max(600).meta({ example: '2026-08,2026-09,2026-10' }),
  team: z.string().max(200).optional(),
  shop: z.string().max(200).optional(),
});
export type TryQuery = z.infer<typeof tryQuerySchema>;
export const tryFileQuerySchema = tryQuerySchema.extend({ language: z.enum(['zh', 'en']).default('zh') });

/** null stands for people without a grade. */
const gradeOrNone = gradeSchema.nullable();

const sideSchema = z.object({
  id: z.string(),
  name: textSchema,
  /** The versions used, one where it is the same in all periods. */
  versions: z.array(whole),
  rated: whole,
  unrated: whole,
  vetoed: whole,
  meanTotal: decimal.nullable(),
  distribution: z.array(z.object({ from: z.number(), to: z.number(), count: whole })),
  grades: z.array(z.object({ grade: gradeSchema, count: whole })),
  cost: z.object({
    /** Sum of the coefficients of all rated people and months; null where they are months of year-end bonus. */
    coefficients: decimal.nullable(),
    /** Rated cards whose coefficient the plan still waits for; they are in no sum. */
    withoutCoefficient: whole,
    /** Sum of monthly salary × coefficient; null where no salary is known or the reader may not see pay. */
    payFen: decimal.nullable(),
    /** Of a plan that pays at the year's end: months and money of all people, each by the mean of the periods tried, paid once. */
    bonus: z.object({ people: whole, months: decimal, payFen: decimal.nullable() }).nullable(),
  }),
  /** Cards of each grade by rank among those tried; empty where the plan distributes no grades, or too few people were tried. */
  ranks: z.array(z.object({ grade: gradeSchema, count: whole })),
});

export const backTestItemSchema = z.object({
  id: z.string(),
  name: textSchema,
  metric: z.string(),
  /** Mean points per rated card on either side; null on a side without the item. */
  pointsBefore: decimal.nullable(),
  pointsAfter: decimal.nullable(),
  /** Mean points lost per rated card under the plan tried. */
  lostAfter: decimal.nullable(),
  /** Cards whose total moves most because of this item, and cards that lose most points here. */
  decides: whole,
  losesMost: whole,
});

export const sensitivitySchema = z.object({
  kind: z.enum(['weight', 'target']),
  item: z.string(),
  name: textSchema,
  /** Mean change of the total per card, signed, four decimals. */
  meanChange: decimal,
  up: whole,
  down: whole,
  /** Cards looked at. */
  of: whole,
  /** A target 5% higher asks for more where higher is better, for less otherwise. */
  harder: z.boolean().nullable(),
});

export const backTestSchema = z.object({
  periods: z.array(z.string()),
  /** People and months that both plans gave a card. */
  cards: whole,
  people: whole,
  before: sideSchema,
  after: sideSchema,
  pay: z.enum(['known', 'partly', 'unknown', 'hidden']),
  /** People whose salary is known. */
  salaries: whole,
  moves: z.array(z.object({ before: gradeOrNone, after: gradeOrNone, count: whole })),
  up: whole,
  down: whole,
  same: whole,
  items: z.array(backTestItemSchema),
  sensitivity: z.array(sensitivitySchema),
  rows: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      team: z.string(),
      shop: z.string(),
      period: z.string(),
      before: z.object({ total: decimal.nullable(), grade: gradeOrNone, coefficient: decimal.nullable() }),
      after: z.object({ total: decimal.nullable(), grade: gradeOrNone, coefficient: decimal.nullable() }),
      /** after − before; null where either is unrated. */
      change: decimal.nullable(),
      /** Red lines that hold under the plan tried. */
      vetoes: z.array(textSchema),
      /** The item that moves the total most, and the one that loses most points. */
      decides: textSchema.nullable(),
      losesMost: textSchema.nullable(),
    }),
  ),
});
export type BackTest = z.infer<typeof backTestSchema>;
export type BackTestRow = BackTest['rows'][number];
export type Sensitivity = z.infer<typeof sensitivitySchema>;

/** One line of the running answer: how far it is, then the result or what went wrong. */
export type TryLine =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'result'; readonly result: BackTest }
  | {
      readonly kind: 'error';
      readonly error: { readonly code: string; readonly message: { readonly zh: string; readonly en: string } };
    };
