import { z } from 'zod';
import { intervalMethods } from './interval.ts';
import { dimensions } from './metricValue.ts';

/** What the API says about how sure figures are, and how people of unequal volume compare. Figures in the metric's unit. */
export const intervalSchema = z.object({
  method: z.enum(intervalMethods).nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Why there is none; null where there is one. */
  reason: z.enum(['noData', 'tooFew', 'alike']).nullable(),
});
export const intervalsSchema = z.object({
  period: z.string(),
  /** Two-sided confidence, in percent. */
  level: z.number(),
  rows: z.array(
    z
      .object({ key: z.partialRecord(z.enum(dimensions), z.string()), metric: z.string(), n: z.number().int() })
      .extend(intervalSchema.shape),
  ),
});

const limits = { low95: z.number(), high95: z.number(), low998: z.number(), high998: z.number() };
export const funnelSchema = z.object({
  metric: z.string(),
  period: z.string(),
  /** What the limits rest on: binomial, Poisson, or the spread of single observations. */
  kind: z.enum(['share', 'events', 'mean']),
  /** Everybody's own figure: ratio of sums. */
  centre: z.number(),
  points: z.array(
    z.object({
      agentId: z.string(),
      value: z.number(),
      /** The denominator: what the figure rests on. */
      volume: z.number(),
      n: z.number().int(),
      place: z.enum(['within', 'outside95', 'outside998']),
      /** Value under everybody's case mix; null where the metric cannot be standardised or nothing is expected. */
      standardised: z.number().nullable(),
    }),
  ),
  limits: z.array(z.object({ volume: z.number(), ...limits })),
  caseMix: z.object({ strata: z.number().int() }).nullable(),
});
export type Funnel = z.infer<typeof funnelSchema>;
