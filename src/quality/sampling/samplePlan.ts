import { z } from 'zod';

/** What a sample can be divided by, so that every part is looked at. */
export const strataKinds = ['agent', 'tier', 'hour', 'channel', 'reason'] as const;
/**
 * Why a conversation is worth a look before others. hit: a rule whose hits may become incidents found something
 * that nobody overturned, or an incident waits for somebody to decide.
 */
export const riskKinds = ['hit', 'gaming', 'lowRating', 'long', 'complaint'] as const;
export type RiskKind = (typeof riskKinds)[number];

const names = z.array(z.string().min(1).max(200)).max(200);
const percent = z.number().min(0).max(100);

/** How a sample is drawn; the same plan, seed and population give the same sample. Rates are percentages. */
export const samplePlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  period: z.string().min(4).max(40),
  rubric: z.string().min(1).max(60),
  teams: names.default([]),
  shops: names.default([]),
  by: z.array(z.enum(strataKinds)).max(strataKinds.length).default(['agent']),
  rates: z
    .strictObject({ normal: percent, newcomer: percent, voice: percent, risk: percent })
    .default({ normal: 15, newcomer: 60, voice: 10, risk: 40 }),
  /** Whoever was hired less than this many days before the conversation is new. */
  newcomerDays: z.number().int().min(0).max(365).default(90),
  risks: z
    .array(z.enum(riskKinds))
    .max(riskKinds.length)
    .default([...riskKinds]),
  longMinutes: z.number().int().min(1).max(1440).default(30),
  /** Per agent at least and at most; null: no such limit. */
  perAgent: z
    .strictObject({
      least: z.number().int().min(0).max(1000).nullable(),
      most: z.number().int().min(1).max(1000).nullable(),
    })
    .default({ least: null, most: null }),
  /** In all at most. */
  most: z.number().int().min(1).max(20_000).default(500),
  seed: z.string().trim().min(1).max(60),
  hideAgent: z.boolean().default(false),
  /** Members who share the work; empty: whoever may take it. */
  inspectors: z.array(z.string().min(1).max(200)).max(200).default([]),
});
export type SamplePlan = z.infer<typeof samplePlanSchema>;
export type SamplePlanInput = z.input<typeof samplePlanSchema>;
