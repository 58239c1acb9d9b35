import { z } from 'zod';
import { textSchema } from '../scores/schemas.ts';

export const occasionKinds = ['product', 'policy', 'season', 'other'] as const;
export const interviewees = ['person', 'customer'] as const;
export const actionStates = ['open', 'done', 'dropped'] as const;
export const actionMoves = ['done', 'dropped', 'reopened', 'moved'] as const;
export type ActionMove = (typeof actionMoves)[number];

const instant = z.iso.datetime();
const day = z.iso.date();
const line = (max: number) => z.string().trim().min(1).max(max);
const id = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const signed = z.object({ at: instant, by: z.string() });

/** A draft is being worked on still; once it is published it is the version that it became. */
const reviewLinkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), draft: z.string() }),
  z.object({ kind: z.literal('draftDeleted') }),
  z.object({ kind: z.literal('version'), version: z.number().int() }),
]);
export type ReviewLink = z.infer<typeof reviewLinkSchema>;

const reviewedPlanSchema = z.object({
  plan: z.string(),
  name: textSchema,
  /** The day has come, nobody has decided, and the occasion was not called off. */
  due: z.boolean(),
  decided: signed
    .extend({
      outcome: z.enum(['kept', 'changed']),
      reason: z.string(),
      /** What changed it, as it stands now; null where the plan was kept. */
      link: reviewLinkSchema.nullable(),
    })
    .nullable(),
});
export type ReviewedPlan = z.infer<typeof reviewedPlanSchema>;

export const occasionSchema = z.object({
  id,
  kind: z.enum(occasionKinds),
  title: z.string(),
  day,
  note: z.string(),
  made: signed,
  dropped: signed.extend({ reason: z.string() }).nullable(),
  plans: z.array(reviewedPlanSchema),
});
export type Occasion = z.infer<typeof occasionSchema>;

export const changeSchema = z.object({
  what: z.enum(['plan', 'definition']),
  subject: z.string(),
  version: z.number().int(),
  /** Of the plan; of a metric its own names are at hand. */
  name: textSchema.nullable(),
  by: z.string(),
});

export const interviewSchema = z.object({
  id,
  occasion: id.nullable(),
  whom: z.enum(interviewees),
  agentId: z.string().nullable(),
  name: z.string(),
  day,
  summary: z.string(),
  taken: signed,
  changes: z.array(changeSchema),
});
export type Interview = z.infer<typeof interviewSchema>;

export const actionSchema = z.object({
  id,
  meeting: id,
  occasion: id.nullable(),
  department: z.string(),
  owner: z.string(),
  what: z.string(),
  dueOn: day,
  state: z.enum(actionStates),
  overdue: z.boolean(),
  events: z.array(signed.extend({ what: z.enum(actionMoves), reason: z.string(), dueOn: day })),
});
export type Action = z.infer<typeof actionSchema>;

export const meetingSchema = z.object({
  id,
  day,
  departments: z.array(z.string()),
  notes: z.string(),
  taken: signed,
});
export type CommitteeMeeting = z.infer<typeof meetingSchema>;

/** GET /api/reviews */
export const reviewPageSchema = z.object({
  /** Today in the organisation's zone, by which what is due is due. */
  today: day,
  occasions: z.array(occasionSchema),
  interviews: z.array(interviewSchema),
  meetings: z.array(meetingSchema),
  actions: z.array(actionSchema),
  /** What the forms offer. */
  plans: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      versions: z.array(z.object({ version: z.number().int(), publishedOn: day })),
      drafts: z.array(z.object({ id: z.string(), savedAt: instant, savedBy: z.string() })),
    }),
  ),
  definitions: z.array(z.object({ metric: z.string(), version: z.number().int(), publishedOn: day })),
  may: z.object({ write: z.boolean() }),
});
export type ReviewPage = z.infer<typeof reviewPageSchema>;

export const addOccasionSchema = z.strictObject({
  kind: z.enum(occasionKinds),
  title: line(100),
  day,
  note: z.string().trim().max(1000),
  plans: z.array(line(100)).min(1).max(50),
});
export type AddOccasion = z.infer<typeof addOccasionSchema>;

export const reasonOnlySchema = z.strictObject({ reason: line(500) });

export const decidePlanSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('kept'), plan: line(100), reason: line(500) }),
  z.strictObject({
    outcome: z.literal('changed'),
    plan: line(100),
    reason: line(500),
    /** Exactly one: a draft, or a version that was published on the occasion's day or later. */
    draft: line(100).optional(),
    version: id.optional(),
  }),
]);
export type DecidePlan = z.infer<typeof decidePlanSchema>;

export const addInterviewSchema = z.strictObject({
  occasion: id.nullable(),
  whom: z.enum(interviewees),
  /** Of a person the agent's id, of a customer who they are in words. */
  who: line(100),
  day,
  summary: line(4000),
});
export type AddInterview = z.infer<typeof addInterviewSchema>;

export const linkChangeSchema = z.strictObject({
  what: z.enum(['plan', 'definition']),
  subject: line(100),
  version: id,
});
export type LinkChange = z.infer<typeof linkChangeSchema>;

export const addMeetingSchema = z.strictObject({
  day,
  departments: z.array(line(60)).min(1).max(30),
  notes: z.string().trim().max(4000),
});
export type AddMeeting = z.infer<typeof addMeetingSchema>;

export const addActionSchema = z.strictObject({
  meeting: id,
  occasion: id.nullable(),
  department: line(60),
  owner: line(60),
  what: line(500),
  dueOn: day,
});
export type AddAction = z.infer<typeof addActionSchema>;

export const moveActionSchema = z.strictObject({
  move: z.enum(actionMoves),
  reason: line(500),
  /** Of a move to another day. */
  dueOn: day.optional(),
});
export type MoveAction = z.infer<typeof moveActionSchema>;
export const addedSchema = z.object({ id });
