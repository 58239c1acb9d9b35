import { z } from 'zod';

const bilingual = z.object({ zh: z.string(), en: z.string() });
const share = z.object({ percent: z.number(), low: z.number(), high: z.number() }).nullable();

/** GET /api/rule-agreement. */
export const confusionSchema = z.object({
  /** How many conversations people and the automatic pass both looked at. */
  talks: z.number().int(),
  rows: z.array(
    z.object({
      kind: z.string(),
      /** null: all rules of the kind together. */
      rule: z.object({ id: z.string(), name: bilingual }).nullable(),
      ...{
        both: z.number().int(),
        ruleOnly: z.number().int(),
        personOnly: z.number().int(),
        neither: z.number().int(),
      },
      precision: share,
      recall: share,
    }),
  ),
});
export type Confusion = z.infer<typeof confusionSchema>;
