import { z } from 'zod';
import { planTextMax } from './planText.ts';
import { gradeSchema, issueSchema, monthSchema, planDiffSchema, planIdParam, textSchema } from './schemas.ts';

/** What the API says about drafts; shared with the pages. */
const planText = z.string().min(1).max(planTextMax);
export const draftIdParam = z.uuid();
const revision = z.number().int().positive();

const draftLine = z.object({
  id: z.string(),
  plan: z.string(),
  /** As the draft names itself; null while it cannot be read. */
  name: textSchema.nullable(),
  revision,
  /** template: a shipped plan that changed with a release and waits for a decision. */
  origin: z.enum(['template', 'own']),
  baseVersion: z.number().int().nullable(),
  savedAt: z.string(),
  savedBy: z.string(),
  /** How many issues stop it from being published. */
  errors: z.number().int(),
});

/** GET /api/drafts. */
export const draftListSchema = z.object({ drafts: z.array(draftLine) });
export type DraftList = z.infer<typeof draftListSchema>;

/** GET /api/drafts/{id}. */
export const draftPageSchema = draftLine.extend({
  text: z.string(),
  issues: z.array(issueSchema),
  /** The version in force today; null for a plan that has none yet. */
  inForce: z.object({ version: z.number().int(), text: z.string() }).nullable(),
  /** The first month it may be published for, after those that are closed; null: any, the past too. */
  firstMonth: z.string().nullable(),
  /** The month offered: the next one. */
  offeredMonth: z.string(),
  /** What customers named in surveys, of any plan's items, over the last months. */
  mentions: z.object({
    months: z.number().int(),
    items: z.array(z.object({ item: z.string(), answers: z.number().int() })),
  }),
});
export type DraftPage = z.infer<typeof draftPageSchema>;

/** POST /api/drafts: from a stored version, perhaps under a new id and name, or from a text. */
export const createDraftSchema = z.union([
  z.strictObject({ text: planText }),
  z.strictObject({
    plan: planIdParam,
    /** The one in force today unless given. */
    version: z.number().int().positive().optional(),
    /** A plan of its own instead of the next version. */
    as: z.strictObject({ id: planIdParam, name: z.string().trim().min(1).max(200) }).optional(),
  }),
]);
export type CreateDraft = z.infer<typeof createDraftSchema>;

/** PUT /api/drafts/{id}. */
export const saveDraftSchema = z.strictObject({ text: planText, revision });
/** What saving and creating answer. */
export const savedDraftSchema = z.object({ id: z.string(), plan: z.string(), revision });
export type SavedDraft = z.infer<typeof savedDraftSchema>;

/** POST /api/drafts/{id}/publish. */
export const publishDraftSchema = z.strictObject({ revision, inForceFrom: monthSchema.optional() });

/** POST /api/drafts/try: a text that need not be saved, on one person and month. */
export const tryDraftSchema = z.strictObject({
  text: planText,
  /** Without a person and month only what is wrong with the text, what changes, and the curves. */
  on: z.strictObject({ agent: z.string().min(1).max(200), period: monthSchema }).optional(),
});

const cardItem = z.object({
  id: z.string(),
  name: textSchema,
  /** As the plan asks for it, options and all. */
  metric: z.string(),
  status: z.enum(['scored', 'noData', 'lowSample']),
  value: z.string().nullable(),
  unit: z.string(),
  target: z.string().nullable(),
  weight: z.string(),
  /** After the weight of items without data went to the others; null for an item that gives no score. */
  effectiveWeight: z.string().nullable(),
  attainment: z.string().nullable(),
  points: z.string().nullable(),
});
const triedCard = z.object({
  total: z.string().nullable(),
  grade: gradeSchema.nullable(),
  coefficient: z.string().nullable(),
  sentence: textSchema,
  items: z.array(cardItem),
});
export type TriedCard = z.infer<typeof triedCard>;

export const triedDraftSchema = z.object({
  issues: z.array(issueSchema),
  /** What changes from the version in force today; empty for a new plan, null while the text cannot be read. */
  changes: planDiffSchema.shape.changes.nullable(),
  /** By item: value and attainment, points of a line to draw. */
  curves: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  /** Null while errors keep the draft from being scored, or nobody was named. */
  draft: triedCard.nullable(),
  /** The same person and month by the version in force then; null for a plan that has none yet. */
  inForce: triedCard.extend({ version: z.number().int() }).nullable(),
});
export type TriedDraft = z.infer<typeof triedDraftSchema>;
