import { z } from 'zod';
import { assessmentFormSchema, assessors } from '../../scores/assessmentFormSchema.ts';
import { amountSchema } from '../../scores/planAmounts.ts';
import { planIdParam, textSchema } from '../../scores/schemas.ts';
import { answersSchema } from './answers.ts';

const instant = z.iso.datetime();
const day = z.string();
const count = z.number().int();
const periodText = z.string().min(4).max(10);
const id = z.string().min(1).max(200);
const note = z.string().max(2000);

const formKey = { period: periodText, plan: planIdParam, form: z.string().min(1).max(64) };
export const formQuery = z.object(formKey);

const taskSchema = z.object({
  ...{ period: z.string(), plan: z.string(), planName: textSchema, form: z.string(), name: textSchema },
  kind: z.enum(['questions', 'checklist', 'count', 'nomination']),
  assessor: z.enum(assessors),
  isOptional: z.boolean(),
  dueOn: day,
  /** The period is over. */
  isEnded: z.boolean(),
  /** Past its day with something left to do. */
  isOverdue: z.boolean(),
  /** The cycle is closed: nothing can be handed in any more. */
  isClosed: z.boolean(),
  total: count,
  done: count,
  drafts: count,
});
/** GET /api/assessments. */
export const assessmentListSchema = z.object({
  tasks: z.array(taskSchema),
  /** What is left to do of periods that are over; how much of it is late. */
  open: count,
  overdue: count,
  /** The last reminder, while something is still open. */
  reminded: z.object({ at: instant, byName: z.string() }).nullable(),
  may: z.object({ assess: z.boolean(), remind: z.boolean(), nominate: z.boolean(), decide: z.boolean() }),
  /** Nominations that wait for a decision of somebody like the reader. */
  undecided: count,
  /** The months and quarters that are worked on now and have a form, the latest first. */
  periods: z.array(z.string()),
  /** The one that is over last, else the running one; null where no plan has a form. */
  period: z.string().nullable(),
});
export type AssessmentList = z.infer<typeof assessmentListSchema>;
export type AssessmentTask = z.infer<typeof taskSchema>;

/** GET /api/assessments/form: everybody the actor assesses by it. */
export const assessmentWorkSchema = z.object({
  ...{ period: z.string(), plan: z.string(), planName: textSchema, form: assessmentFormSchema },
  ...{ dueOn: day, isEnded: z.boolean(), isOverdue: z.boolean(), isClosed: z.boolean() },
  people: z.array(
    z.object({
      ...{ agentId: z.string(), name: z.string(), team: z.string() },
      tickets: z.array(z.string()),
      answers: answersSchema,
      note: z.string(),
      /** 0: nothing typed yet. */
      revision: count,
      state: z.enum(['open', 'draft', 'submitted', 'correcting']),
      /** Who else has settled it; then there is nothing left to do. */
      doneBy: z.string().nullable(),
    }),
  ),
});
export type AssessmentWork = z.infer<typeof assessmentWorkSchema>;
export type AssessedPerson = AssessmentWork['people'][number];

/** PUT /api/assessments/answers: what was typed for one person, over the revision that was read. */
export const saveAnswersSchema = z.strictObject({
  ...formKey,
  ...{ agentId: id, answers: answersSchema, note, revision: z.number().int().min(0) },
});
export const savedAnswersSchema = z.object({ revision: count });

/** POST /api/assessments/submit: everybody whose form is complete, or those named. A correction needs a reason. */
export const submitFormsSchema = z.strictObject({
  ...formKey,
  agents: z.array(id).max(5000).optional(),
  reason: z.string().trim().max(500).default(''),
});
export const submittedFormsSchema = z.object({
  submitted: count,
  /** Drafts with something left to answer. */
  incomplete: z.array(z.string()),
  /** Somebody else was first. */
  taken: z.array(z.object({ agentId: z.string(), by: z.string() })),
});
export type SubmittedForms = z.infer<typeof submittedFormsSchema>;

export const behindQuery = z.object({ period: periodText });
/** GET /api/assessments/behind: who has not been assessed, form by form, and who is behind with it. */
export const behindSchema = z.object({
  period: z.string(),
  mayRemind: z.boolean(),
  forms: z.array(
    z.object({
      ...{ plan: z.string(), planName: textSchema, form: z.string(), name: textSchema, assessor: z.enum(assessors) },
      ...{ dueOn: day, isOverdue: z.boolean(), isOptional: z.boolean(), total: count },
      missing: z.array(
        z.object({
          ...{ agentId: z.string(), name: z.string(), team: z.string() },
          /** Nobody who can sign in may assess them. */
          isUnassigned: z.boolean(),
        }),
      ),
    }),
  ),
  assessors: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), open: count, isOverdue: z.boolean() },
      ...{ remindedAt: instant.nullable(), remindedBy: z.string().nullable() },
    }),
  ),
});
export type Behind = z.infer<typeof behindSchema>;
export const remindedSchema = z.object({ reminded: count });

/** GET /api/nominations. */
export const nominationListSchema = z.object({
  nominations: z.array(
    z.object({
      ...{ id: count, period: z.string(), formName: textSchema, most: z.string(), item: z.string() },
      ...{ agentId: z.string(), agentName: z.string(), team: z.string() },
      ...{ what: z.string(), evidence: z.string(), at: instant, byName: z.string() },
      decision: z
        .object({ accepted: z.boolean(), points: z.string(), reason: z.string(), byName: z.string(), at: instant })
        .nullable(),
      /** The reader may decide on it: neither theirs nor about them. */
      mayDecide: z.boolean(),
    }),
  ),
  /** Where the reader may nominate somebody. */
  open: z.array(
    z.object({
      ...{ period: z.string(), plan: z.string(), form: z.string(), name: textSchema, most: z.string() },
      people: z.array(z.object({ agentId: z.string(), name: z.string(), team: z.string() })),
    }),
  ),
});
export type NominationList = z.infer<typeof nominationListSchema>;

/** POST /api/nominations. */
export const nominateSchema = z.strictObject({
  ...formKey,
  agentId: id,
  what: z.string().trim().min(1).max(2000),
  evidence: z.string().trim().min(1).max(4000),
});
export const nominatedSchema = z.object({ id: count });
/** POST /api/nominations/{id}/decide. */
export const decideNominationSchema = z.strictObject({
  accepted: z.boolean(),
  points: amountSchema,
  reason: z.string().trim().min(1).max(1000),
});
