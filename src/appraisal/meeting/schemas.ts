import { z } from 'zod';
import { cycleStates } from '../../scores/cycleState.ts';
import { textSchema } from '../../scores/schemas.ts';

/** What the API says about a calibration meeting; shared with the pages. Money is integer fen as a string. */
const step = z.object({
  id: z.string(),
  name: textSchema,
  levels: z.number().int(),
  /** What the plan pays a person of this grade by, before a team’s coefficient; null where it does not depend on the grade, or is not given. */
  coefficient: z.string().nullable(),
  byRedLine: z.boolean(),
});
export type MeetingStep = z.infer<typeof step>;

export const meetingPersonSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  total: z.string().nullable(),
  /** As bands or distribution gave it, before the meeting. */
  computed: z.object({
    grade: z.string().nullable(),
    level: z.number().int().nullable(),
    coefficient: z.string().nullable(),
  }),
  grade: z.string().nullable(),
  level: z.number().int().nullable(),
  gradedBy: z.enum(['bands', 'distribution', 'meeting']),
  coefficient: z.string().nullable(),
  /** Of which scale the grade is: a pool that is too small is graded by bands. */
  scale: z.enum(['distribution', 'bands']),
  /** The pool in which the person is ranked; null for none. */
  pool: z.string().nullable(),
  /** What the coefficient multiplies; null without pay on record, where the period pays nothing by grade, or for whoever may not see pay. */
  baseFen: z.string().nullable(),
  /** Unrated, or held by a red line. */
  fixed: z.enum(['unrated', 'redLine']).nullable(),
});
export type MeetingPerson = z.infer<typeof meetingPersonSchema>;

export const meetingMoveSchema = z.object({
  id: z.number().int(),
  agentId: z.string(),
  agentName: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  undone: z.object({ at: z.iso.datetime(), by: z.string() }).nullable(),
  /** The last that holds of its person, whose card was not made again since. */
  mayUndo: z.boolean(),
  /** The card was made again since: what the meeting decided stays, but the grade before it no longer holds. */
  overtaken: z.boolean(),
});
export type MeetingMove = z.infer<typeof meetingMoveSchema>;

const leniency = z.object({
  item: z.string(),
  /** null: no metric reads it. */
  itemName: textSchema.nullable(),
  rater: z.string(),
  raterName: z.string(),
  n: z.number().int(),
  mean: z.number(),
  median: z.number(),
  othersN: z.number().int(),
  othersMean: z.number(),
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]).readonly().nullable(),
  normalisedMean: z.number(),
  largestChange: z.number(),
});

/** GET /api/cycles/{period}/meeting. */
export const meetingSchema = z.object({
  period: z.string(),
  state: z.enum(cycleStates),
  plans: z.array(z.object({ id: z.string(), version: z.number().int(), name: textSchema })),
  plan: z.object({ id: z.string(), version: z.number().int(), name: textSchema }),
  /** Grades of the bands, and of the distribution where the plan has one; the best first. */
  scales: z.object({ bands: z.array(step), distribution: z.array(step) }),
  /** How many each pool may have at most: in the best grade, in the best two, in the lowest; from ⌊shares⌋. */
  pools: z.array(
    z.object({ name: z.string(), n: z.number(), top: z.number(), second: z.number(), bottom: z.number() }),
  ),
  /** By total, the best first; whoever is unrated last. */
  people: z.array(meetingPersonSchema),
  moves: z.array(meetingMoveSchema),
  leniency: z.array(leniency),
  mayMove: z.boolean(),
});
export type Meeting = z.infer<typeof meetingSchema>;

/** POST /api/cycles/{period}/meeting/moves. */
export const moveGradeSchema = z.strictObject({
  agentId: z.string().min(1).max(200),
  grade: z.string().min(1).max(64),
  reason: z.string().trim().min(1).max(2000),
});
export type MoveGrade = z.infer<typeof moveGradeSchema>;

/** What a move or an undo changed: the person as they stand now, and the record of it. */
export const movedSchema = z.object({
  person: meetingPersonSchema.pick({ agentId: true, grade: true, level: true, gradedBy: true, coefficient: true }),
  move: meetingMoveSchema,
});
export type Moved = z.infer<typeof movedSchema>;
