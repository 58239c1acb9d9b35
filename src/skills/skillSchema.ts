import { z } from 'zod';
import { tiers } from '../scores/planAmounts.ts';

/** 1 is the beginning, 5 what others learn from. */
export const levels = [1, 2, 3, 4, 5] as const;
export const levelSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type Level = z.infer<typeof levelSchema>;

/** Ids of skills and jobs; made by whoever adds one, and kept for good. */
export const idSchema = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_]*$/);
const text = (max: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });

/** Facts that say something about a skill: a level may be proposed from them, and from nothing else. */
export const sourceSchema = z.discriminatedUnion('kind', [
  /** The exams of the period. */
  z.strictObject({ kind: z.literal('exam') }),
  /** How inspectors judged some categories or items of a rubric. */
  z.strictObject({
    kind: z.literal('rubric'),
    rubric: z.string().trim().min(1).max(60),
    parts: z.array(z.string().trim().min(1).max(60)).min(1).max(20),
  }),
  /** Conversations that were among the best of their week. */
  z.strictObject({ kind: z.literal('bestCase') }),
]);
export type Source = z.infer<typeof sourceSchema>;

export const skillSchema = z.strictObject({
  name: text(40),
  about: text(300),
  /** What conduct at each level looks like, the first level first. */
  anchors: z.array(text(300)).length(levels.length),
  sources: z.array(sourceSchema).max(6),
  /** Not offered any more; levels given before stay in the history. */
  retired: z.boolean(),
});
export type SkillContent = z.infer<typeof skillSchema>;

export const jobSchema = z.strictObject({
  name: text(40),
  about: text(300),
  /** By skill the level it asks for. */
  requires: z.record(idSchema, levelSchema),
  /** The job one grows into; null: none is named. */
  next: idSchema.nullable(),
  /** Whose job it is unless somebody said otherwise. */
  tiers: z.array(z.enum(tiers)).max(tiers.length),
  retired: z.boolean(),
});
export type JobContent = z.infer<typeof jobSchema>;

interface Versioned {
  readonly id: string;
  /** 0: as shipped. */
  readonly version: number;
}
export type Skill = Versioned & Readonly<SkillContent>;
export type Job = Versioned & Readonly<JobContent>;

export const evidenceKinds = ['exam', 'inspection', 'bestCase', 'session', 'ticket', 'training', 'note'] as const;

/** One thing a level rests on. */
export const evidenceSchema = z.strictObject({
  kind: z.enum(evidenceKinds),
  day: z.iso.date(),
  /** Of an exam its month, of a plan, task or case its number, of a session or ticket its id; a note refers to nothing. */
  ref: z.string().trim().max(200),
  text: z.string().trim().max(500),
});
export type Evidence = z.infer<typeof evidenceSchema>;
