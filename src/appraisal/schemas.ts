import { z } from 'zod';
import { cycleStates } from './cycle.ts';
import { missingKinds } from './missing.ts';
import { workStages, workVerbs } from './workStages.ts';

/** What the API says about appraisal cycles; shared with the pages. */
export const cycleStateSchema = z.enum(cycleStates);

export const missingSchema = z.object({
  kind: z.enum(missingKinds),
  /** blocks: the move is refused. confirm: it takes a reason. */
  weight: z.enum(['blocks', 'confirm']),
  count: z.number().nullable(),
  names: z.array(z.object({ zh: z.string(), en: z.string() })),
  /** The day from which it stands in the way no more. */
  until: z.string().nullable(),
});
export type MissingView = z.infer<typeof missingSchema>;

export const cycleWorkSchema = z.object({
  verb: z.enum(workVerbs),
  stage: z.enum(workStages),
  done: z.number(),
  total: z.number(),
  startedAt: z.string(),
  by: z.string(),
  /** Why it ended without success, in both languages; null while it goes on. */
  failure: z.object({ zh: z.string(), en: z.string() }).nullable(),
});

export const cycleRowSchema = z.object({
  period: z.string(),
  state: cycleStateSchema,
  firstDay: z.string(),
  lastDay: z.string(),
  publishedOn: z.string().nullable(),
  /** How many cards were frozen; null while it is not closed. */
  people: z.number().nullable(),
});
export const cycleListSchema = z.object({ cycles: z.array(cycleRowSchema) });
export type CycleList = z.infer<typeof cycleListSchema>;
export type CycleRow = z.infer<typeof cycleRowSchema>;

export const cyclePageSchema = cycleRowSchema.extend({
  next: cycleStateSchema.nullable(),
  /** What is missing before it may move on; empty where nothing is, and for a final one. */
  missing: z.array(missingSchema),
  work: cycleWorkSchema.nullable(),
  moves: z.array(
    z.object({ from: cycleStateSchema, to: cycleStateSchema, at: z.string(), by: z.string(), reason: z.string() }),
  ),
  /** Of the cards that count: how many there are of each plan and grade; grade null is unrated. */
  grades: z.array(
    z.object({
      plan: z.object({ id: z.string(), version: z.number(), name: z.object({ zh: z.string(), en: z.string() }) }),
      grade: z.object({ id: z.string(), zh: z.string(), en: z.string() }).nullable(),
      people: z.number(),
    }),
  ),
  /** Cards that were corrected after closing. */
  revised: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      version: z.number(),
      cause: z.enum(['revision', 'appeal', 'meeting']),
      reason: z.string(),
      by: z.string(),
      at: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type CyclePage = z.infer<typeof cyclePageSchema>;

export const cyclePeopleSchema = z.object({
  people: z.array(z.object({ agentId: z.string(), name: z.string(), team: z.string() })),
});
export type CyclePeople = z.infer<typeof cyclePeopleSchema>;

export const moveSchema = z.object({ reason: z.string().max(2000).default('') });
export const reviseSchema = z.object({
  agentId: z.string().min(1).max(200),
  reason: z.string().trim().min(1).max(2000),
});
export const revisedSchema = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
  version: z.number(),
});
