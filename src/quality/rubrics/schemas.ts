import { z } from 'zod';
import { rubricSchema } from './rubricSchema.ts';

const instant = z.iso.datetime();
const bilingual = z.object({ zh: z.string(), en: z.string() });
export const versionSchema = z.object({
  version: z.number().int(),
  origin: z.enum(['template', 'own']),
  publishedAt: instant,
  publishedBy: z.string(),
});
/** GET /api/rubrics: the latest version of each. */
export const rubricListSchema = z.object({
  mayWrite: z.boolean(),
  rubrics: z.array(versionSchema.extend({ rubric: rubricSchema })),
});
export type RubricList = z.infer<typeof rubricListSchema>;
/** GET /api/rubrics/{id}?version=N. */
export const rubricPageSchema = z.object({
  ...versionSchema.shape,
  rubric: rubricSchema,
  written: z.string(),
  versions: z.array(versionSchema),
  mayWrite: z.boolean(),
});
export type RubricPage = z.infer<typeof rubricPageSchema>;
export const rubricTextSchema = z.strictObject({ text: z.string().max(1_000_000) });
/** POST /api/rubrics/check: nothing is kept. */
export const rubricCheckSchema = z.object({
  rubric: rubricSchema.nullable(),
  issues: z.array(z.object({ path: z.string(), code: z.string(), message: bilingual })),
});
export type RubricCheck = z.infer<typeof rubricCheckSchema>;
export const rubricSavedSchema = z.object({ id: z.string(), version: z.number().int(), same: z.boolean() });
