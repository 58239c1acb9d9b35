import { z } from 'zod';
import { isFraction } from './fraction.ts';

/**
 * The plan format: the single source of its types, of the checks on shape, and of the published plans/plan.schema.json.
 * What needs the whole plan or the metric catalogue to judge is in validatePlan.ts.
 */
const idSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);
const text = z
  .strictObject({ zh: z.string().min(1).max(2000), en: z.string().min(1).max(2000) })
  .meta({ id: 'text', description: 'The same in Chinese and English.' });

/** An exact number: 20, 18.75 or, where no decimal ends, a fraction such as 55/3. Held as text. */
export const amountSchema = z
  .string()
  .max(60)
  .refine(isFraction, { message: 'amount' })
  .meta({ id: 'amount', description: 'An exact number: 20, 18.75, or a fraction such as "55/3".' });

/** Marks a choice of ours where the source is silent or contradicts itself. */
const rec = text.optional();

export const tiers = ['junior', 'mid', 'senior'] as const;
export type Tier = (typeof tiers)[number];

const targetSchema = z.union([
  amountSchema,
  /** One target per priority of the ticket; the attainments are weighted by tickets. */
  z.strictObject({ byPriority: z.strictObject({ normal: amountSchema, urgent: amountSchema }) }),
  /** Decided per day by the person's load; `unknown` where the load has no data. The period's target is weighted by volume. */
  z.strictObject({
    byLoad: z.strictObject({
      metric: idSchema,
      threshold: amountSchema,
      below: amountSchema,
      reached: amountSchema,
      unknown: amountSchema,
    }),
  }),
  /** By the person's job tier at the period's end; `unknown` for people without one. */
  z.strictObject({
    byTier: z.strictObject({ junior: amountSchema, mid: amountSchema, senior: amountSchema, unknown: amountSchema }),
  }),
  /** A factor of another metric of the same person. */
  z.strictObject({ ofMetric: z.strictObject({ metric: idSchema, factor: amountSchema }) }),
]);

const attainmentSchema = z.discriminatedUnion('curve', [
  /** value ÷ target, or target ÷ value where lower is better; never above 1. */
  z.strictObject({ curve: z.literal('ratio') }),
  /** Two marks: the target is the full mark; at `pass` 80%, linear between, 80% · value ÷ pass below. */
  z.strictObject({ curve: z.literal('range'), pass: amountSchema }),
  /** 0 at the floor, 1 at the target, linear between. */
  z.strictObject({ curve: z.literal('linear'), floor: amountSchema }),
  /** The share given by the first step whose `at` the value reaches; 0 below all of them. Best step first. */
  z.strictObject({
    curve: z.literal('step'),
    steps: z
      .array(z.strictObject({ at: amountSchema, gives: amountSchema }))
      .min(1)
      .max(20),
  }),
]);

const itemSchema = z.strictObject({
  id: idSchema,
  name: text,
  metric: idSchema,
  /** Left out by all items of a block: they share its weight equally. */
  weight: amountSchema.optional(),
  target: targetSchema,
  /** Needed where the metric itself has no direction; otherwise taken from the catalogue. */
  better: z.enum(['higher', 'lower']).optional(),
  attainment: attainmentSchema.default({ curve: 'ratio' }),
  /** The target is for a month: for a value over more months it counts that many times. */
  perMonth: z.boolean().optional(),
  /** Replaces the catalogue's smallest number of observations. */
  minimumN: amountSchema.optional(),
  rec,
});

const blockSchema = z.strictObject({
  id: idSchema,
  name: text,
  weight: amountSchema,
  /** period: the values of the card's own period. latest: each item's latest approved assessment not after it. */
  values: z.enum(['period', 'latest']).default('period'),
  items: z.array(itemSchema).min(1).max(50),
  rec,
});

const bandSchema = z.strictObject({
  id: idSchema,
  name: text,
  /** Half-open: from ≤ total < to; the best band has no `to`. */
  from: amountSchema,
  to: amountSchema.optional(),
  coefficient: z.union([amountSchema, z.strictObject({ input: idSchema })]),
  consequence: text.optional(),
});

export const planSchema = z
  .strictObject({
    format: z.literal('1'),
    id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    name: text,
    summary: text,
    source: z.string().max(200).optional(),
    /** What the source leaves open and the organisation must decide. */
    inputs: z
      .array(
        z.strictObject({
          id: idSchema,
          name: text,
          about: text,
          min: amountSchema,
          max: amountSchema,
          value: amountSchema.optional(),
        }),
      )
      .max(50)
      .default([]),
    blocks: z.array(blockSchema).min(1).max(20),
    bands: z.array(bandSchema).min(2).max(20),
    smallSample: z
      .strictObject({
        /** The weight of an item without enough data goes to the rest of its block, a block without any to the other blocks. */
        mode: z.literal('redistribute'),
        /** Percent of the weight; a card that misses more than this has no grade. */
        unratedAbove: amountSchema,
        rec,
      })
      .default({ mode: 'redistribute', unratedAbove: '50' }),
    /** What holds in a period with promotion days in the calendar. */
    promotion: z
      .strictObject({
        /** Items that take weight from another one of their block as long as they have data. */
        items: z
          .array(z.strictObject({ takesFrom: idSchema, item: itemSchema }))
          .max(10)
          .default([]),
        /** On promotion days the targets of these metrics are relaxed by the factor, unless the calendar names another. */
        relax: z.strictObject({ factor: amountSchema, metrics: z.array(idSchema).max(50) }).optional(),
        rec,
      })
      .optional(),
    /** Confirmed incidents of these items keep the score but force the lowest grade and the coefficient 0. */
    vetoes: z
      .array(z.strictObject({ incident: idSchema, name: text }))
      .max(50)
      .default([]),
    /** What a run of grades proposes to people; nothing happens by itself. */
    outcomes: z
      .array(
        z.strictObject({
          id: idSchema,
          grade: idSchema,
          inARow: amountSchema,
          proposes: z.enum(['training', 'improvementPlan', 'raise', 'transfer', 'promotion']),
          text,
          rec,
        }),
      )
      .max(50)
      .default([]),
    appeal: z.strictObject({ days: amountSchema, text }).optional(),
    /** Points an auditor ticks off beside the score. */
    checklist: z
      .array(z.strictObject({ id: idSchema, text }))
      .max(100)
      .default([]),
    notes: z.array(text).max(50).default([]),
  })
  .meta({
    title: 'Heng plan',
    description: 'An appraisal plan of Heng 衡: what is measured, what it weighs, and what the total means.',
  });

export type Plan = z.infer<typeof planSchema>;
export type PlanBlock = Plan['blocks'][number];
export type PlanItem = PlanBlock['items'][number];
export type PlanTarget = PlanItem['target'];
export type Curve = PlanItem['attainment'];
