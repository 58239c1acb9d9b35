import { z } from 'zod';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';

const words = z.strictObject({ zh: z.string(), en: z.string() });
const change = z.record(z.string(), z.unknown());
const optionSchema = z.strictObject({
  description: words,
  note: words.exactOptional(),
  labels: z.record(z.string(), words).exactOptional(),
  values: z.record(z.string(), change),
  range: z
    .strictObject({ min: z.number(), max: z.number(), unit: z.enum(['seconds', 'hours']), change })
    .exactOptional(),
  standard: z.string().exactOptional(),
});

/**
 * The metrics of a plan as they are kept beside a published card, so that it can be scored again without the catalogue. A closing keeps
 * whole definitions, of which a score needs these.
 */
export const keptMetricsSchema: z.ZodType<readonly PlanMetric[]> = z.array(
  z.looseObject({
    id: z.string(),
    name: words,
    unit: z.string(),
    better: z.enum(['higher', 'lower', 'band']),
    form: z.enum(['ratio', 'count', 'volatility']),
    minN: z.number(),
    dimensions: z.array(z.string()),
    options: z.record(z.string(), optionSchema),
    counted: words.exactOptional(),
    retiredFrom: z.string().exactOptional(),
  }),
);

/** Those of the catalogue that the plan names anywhere, each with what a plan needs to know of it. */
export function keptMetrics(plan: Plan, catalogue: readonly PlanMetric[]): PlanMetric[] {
  const named = new Set(textsIn(plan));
  return catalogue
    .filter(({ id }) => named.has(id))
    .map(({ id, name, unit, better, form, minN, dimensions, options, counted, retiredFrom }) => ({
      ...{ id, name, unit, better, form, minN, dimensions, options },
      ...(counted ? { counted } : {}),
      ...(retiredFrom ? { retiredFrom } : {}),
    }));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
