import { z } from 'zod';
import { samplePlanSchema } from './samplePlan.ts';

const stratum = z.object({ stratum: z.string(), population: z.number().int(), drawn: z.number().int() });
const sample = z.object({
  id: z.number().int(),
  plan: samplePlanSchema,
  drawnAt: z.iso.datetime(),
  drawnBy: z.string(),
  population: z.number().int(),
  drawn: z.number().int(),
  done: z.number().int(),
  /** Tasks that nobody who was asked may do. */
  unassigned: z.number().int(),
});
/** GET /api/samples. */
export const sampleListSchema = z.object({
  mayDraw: z.boolean(),
  samples: z.array(sample),
  inspectors: z.array(z.object({ id: z.string(), name: z.string() })),
  rubrics: z.array(z.object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })),
});
export type SampleList = z.infer<typeof sampleListSchema>;
export const estimateSchema = z.object({
  mean: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  unweighted: z.number(),
  looked: z.number().int(),
  population: z.number().int(),
  covered: z.number(),
});
/** GET /api/samples/{id}: `estimate` is null while nothing is finished. */
export const samplePageSchema = sample.extend({
  strata: z.array(stratum.extend({ done: z.number().int() })),
  estimate: estimateSchema.nullable(),
});
export type SamplePage = z.infer<typeof samplePageSchema>;
/** POST /api/samples; with `preview` nothing is kept and `id` is null. */
export const drawInputSchema = z.strictObject({ plan: samplePlanSchema, preview: z.boolean().default(false) });
export type DrawInput = z.input<typeof drawInputSchema>;
export const drawnSchema = z.object({
  id: z.number().int().nullable(),
  population: z.number().int(),
  drawn: z.number().int(),
  unassigned: z.number().int(),
  strata: z.array(stratum),
  /** How many each inspector gets. */
  shares: z.array(z.object({ name: z.string(), tasks: z.number().int() })),
});
export type DrawnSample = z.infer<typeof drawnSchema>;
