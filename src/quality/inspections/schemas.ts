import { z } from 'zod';
import { marksSchema } from '../rubrics/marksSchema.ts';
import { rubricSchema } from '../rubrics/rubricSchema.ts';

const instant = z.iso.datetime();
const bilingual = z.object({ zh: z.string(), en: z.string() });
export const stateSchema = z.enum(['open', 'submitted', 'disputed', 'reviewed']);
const purpose = z.enum(['first', 'second', 'review']);

/** Which tasks a list shows. mine: to do. wanted: a second opinion or a review is asked for. done: handed in. */
export const viewSchema = z.enum(['mine', 'wanted', 'done']);
export const inspectionLineSchema = z.object({
  id: z.number().int(),
  state: stateSchema,
  /** null where the agent's name is hidden. */
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  team: z.string().nullable(),
  happenedAt: instant,
  rubric: bilingual,
  reasons: z.array(z.string()),
  sample: z.string().nullable(),
  assignee: z.string().nullable(),
  /** The reader's own unfinished form. */
  draft: z.boolean(),
  score: z.string().nullable(),
  submittedAt: instant.nullable(),
});
/** GET /api/inspections?view=. `next` is the `after` of the following page. */
export const inspectionListSchema = z.object({
  view: viewSchema,
  /** How many wait in each view. */
  counts: z.object({ mine: z.number().int(), wanted: z.number().int(), done: z.number().int() }),
  lines: z.array(inspectionLineSchema),
  next: z.number().int().nullable(),
});
export type InspectionList = z.infer<typeof inspectionListSchema>;

const form = z.object({
  inspector: z.string(),
  purpose,
  marks: marksSchema,
  comment: z.string(),
  seconds: z.number().int(),
  submittedAt: instant,
  score: z.string(),
  counts: z.boolean(),
});
/** GET /api/inspections/{id}. */
export const inspectionSchema = z.object({
  ...inspectionLineSchema.omit({ rubric: true, draft: true, submittedAt: true }).shape,
  /** null where the agent's name is hidden: it would lead to it. */
  sessionId: z.string().nullable(),
  message: z.number().int().nullable(),
  rubric: rubricSchema,
  rubricVersion: z.number().int(),
  /** The form the reader writes in, as last saved; null where they have nothing to add. */
  own: z
    .object({
      ...{ purpose, marks: marksSchema, comment: z.string(), revision: z.number().int(), seconds: z.number().int() },
    })
    .nullable(),
  /** Others who have a form of this task open. */
  busy: z.array(z.string()),
  /** Handed in, as far as the reader may see: never before their own is. */
  forms: z.array(form),
  events: z.array(
    z.object({
      at: instant,
      /** null where it was the agent whose name is hidden. */
      by: z.string().nullable(),
      what: z.enum(['submitted', 'undone', 'second', 'asked', 'disputed', 'apart', 'upheld', 'changed', 'appealed']),
      text: z.string(),
      score: z.string().nullable(),
    }),
  ),
  /** The month in which it counts, as 2026-10, and whether that is closed: then one appeals instead of disputing. */
  month: z.string(),
  closed: z.boolean(),
  may: z.object({ undo: z.boolean(), ask: z.boolean(), dispute: z.boolean() }),
  /** The next task of the reader's queue. */
  next: z.number().int().nullable(),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** PUT /api/inspections/{id}/form: over the revision that was read; 0 before there is one. */
export const saveFormSchema = z.strictObject({
  marks: marksSchema,
  comment: z.string().max(4000),
  seconds: z.number().int().min(0).max(86_400),
  revision: z.number().int().min(0),
});
export type SaveForm = z.infer<typeof saveFormSchema>;
export const savedFormSchema = z.object({ revision: z.number().int() });
/** POST /api/inspections/{id}/submit. `as: second` hands it in beside somebody who was first. */
export const submitFormSchema = z.strictObject({
  revision: z.number().int().min(1),
  as: z.literal('second').optional(),
});
export const reasonSchema = z.strictObject({ text: z.string().trim().min(1).max(2000) });
/** POST /api/inspections: a conversation, or a message of it, that somebody picked by hand. */
export const pickSchema = z.strictObject({
  sessionId: z.string().min(1).max(200),
  message: z.number().int().min(0).max(100_000).nullable().default(null),
  rubric: z.string().min(1).max(60),
});
export const pickedSchema = z.object({ id: z.number().int() });
