import { z } from 'zod';
import { choiceSchema } from './definitionVersions.ts';
import { bilingual, metricFigureSchema, unitSchema } from './schemas.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const text = z.string().max(1_000_000);
export const definitionChangeSchema = z.strictObject({ metric: z.string().max(200), ...choiceSchema.shape });

/** A metric of one's own to try or to keep, as YAML or JSON. */
export const previewSchema = z.strictObject({ text, period: z.string().max(40).optional() });
export const ownMetricInputSchema = z.strictObject({
  text,
  from: month.optional(),
  reason: z.string().max(500).optional(),
});
export const restoreSchema = z.strictObject({ reason: z.string().max(500).optional() });
export const retireSchema = restoreSchema.extend({ from: month.optional() });
export const definitionChangesSchema = z.strictObject({
  changes: z.array(definitionChangeSchema).min(1).max(200),
  from: month.optional(),
  reason: z.string().max(500),
});
export const dualRunInputSchema = z.strictObject({
  period: z.string().max(40),
  from: month.optional(),
  change: z.union([definitionChangeSchema, z.strictObject({ text })]),
});

const issue = z.object({ path: z.string(), code: z.string(), message: bilingual });
const figure = metricFigureSchema;
export const previewAnswerSchema = z.object({
  issues: z.array(issue),
  metric: z
    .object({
      ...{ id: z.string(), name: bilingual, unit: unitSchema, definition: bilingual, attribution: bilingual },
      ...{ periodRule: bilingual, exclusion: bilingual, minN: z.number() },
    })
    .nullable(),
  /** The metric as it was read, in JSON. */
  text: z.string().nullable(),
  period: z.string(),
  /** Over everybody whom the reader may see. */
  whole: figure.nullable(),
  teams: z.array(z.object({ team: z.string(), figure })),
  agents: z.object({ withData: z.number().int(), belowMinimum: z.number().int() }),
});
export const definitionSavedSchema = z.object({
  saved: z.array(z.object({ metric: z.string(), version: z.number().int(), from: z.string().nullable() })),
});

const dualRow = z.object({
  key: z.string(),
  before: figure,
  after: figure,
  change: z.string().nullable(),
  crossing: z.enum(['none', 'fallsBelow', 'risesAbove', 'loses', 'gains']),
});
const counts = {
  unmoved: z.number(),
  fallsBelow: z.number(),
  risesAbove: z.number(),
  loses: z.number(),
  gains: z.number(),
};
const dualRun = z.object({ moved: z.array(dualRow), ...counts });
export const dualRunSchema = z.object({
  ...{ metric: z.string(), name: bilingual, unit: unitSchema, period: z.string() },
  minN: z.object({ before: z.number(), after: z.number() }),
  differences: z.array(z.object({ what: bilingual, before: bilingual.nullable(), after: bilingual.nullable() })),
  agents: dualRun,
  teams: dualRun,
});

export const definitionHistorySchema = z.object({
  versions: z.array(
    z.object({
      ...{ metric: z.string(), name: bilingual, version: z.number().int(), from: z.string().nullable() },
      ...{ reason: z.string(), at: z.iso.datetime(), by: z.string() },
      differences: z.array(z.object({ what: bilingual, before: bilingual.nullable(), after: bilingual.nullable() })),
    }),
  ),
});

export type Preview = z.infer<typeof previewAnswerSchema>;
export type DualRunAnswer = z.infer<typeof dualRunSchema>;
export type DefinitionHistory = z.infer<typeof definitionHistorySchema>;
export type DefinitionChange = z.infer<typeof definitionChangeSchema>;
