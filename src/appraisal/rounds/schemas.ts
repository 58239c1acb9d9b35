import { z } from 'zod';
import { assessmentFormSchema } from '../../scores/assessmentFormSchema.ts';
import { planIdParam, textSchema } from '../../scores/schemas.ts';
import { answersSchema } from '../assessments/answers.ts';
import { groups, perspectives } from './perspectives.ts';

const instant = z.iso.datetime();
const count = z.number().int();
const roundState = z.enum(['draft', 'open', 'closed', 'published']);
const perspective = z.enum(perspectives);
const group = z.enum(groups);
const id = z.string().min(1).max(200);

/** GET /api/rounds/mine: what the caller rates, and the results about them. */
export const myRoundsSchema = z.object({
  toRate: z.array(
    z.object({
      ...{ id: count, round: z.string(), period: z.string(), dueOn: z.string(), isOverdue: z.boolean() },
      ...{ name: z.string(), team: z.string(), perspective, isBegun: z.boolean(), isSubmitted: z.boolean() },
    }),
  ),
  open: count,
  overdue: count,
  results: z.array(
    z.object({ round: count, name: z.string(), period: z.string(), publishedAt: instant, agentId: z.string() }),
  ),
});
export type MyRounds = z.infer<typeof myRoundsSchema>;

/** GET /api/rounds/ratings/{id}. */
export const ratingPageSchema = z.object({
  ...{ id: count, round: z.string(), period: z.string(), dueOn: z.string(), form: assessmentFormSchema },
  ...{ name: z.string(), team: z.string(), perspective, answers: answersSchema, comment: z.string() },
  ...{ revision: count, isSubmitted: z.boolean(), isOpen: z.boolean() },
  /** The next one without a rating of the caller's; null when all are in. */
  next: count.nullable(),
  left: count,
});
export type RatingPage = z.infer<typeof ratingPageSchema>;
export const saveRatingSchema = z.strictObject({
  answers: answersSchema,
  comment: z.string().max(4000),
  revision: z.number().int().min(0),
});
export const ratingRevisionSchema = z.strictObject({ revision: z.number().int().min(0) });
export const savedRatingSchema = z.object({ revision: count });

/** GET /api/rounds. */
export const feedbackRoundListSchema = z.object({
  rounds: z.array(
    z.object({
      ...{ id: count, name: z.string(), period: z.string(), state: roundState, dueOn: z.string() },
      ...{ subjects: count, ratings: count, submitted: count },
      ...{ madeAt: instant, madeName: z.string(), publishedAt: instant.nullable() },
    }),
  ),
  mayMake: z.boolean(),
  /** Forms of plans by which a round can be made, with whom they cover. */
  forms: z.array(
    z.object({
      ...{ period: z.string(), plan: z.string(), planName: textSchema, form: z.string(), name: textSchema },
      ...{ dueOn: z.string(), people: count, teams: z.array(z.string()) },
    }),
  ),
});
export type FeedbackRoundList = z.infer<typeof feedbackRoundListSchema>;

const upTo = z.number().int().min(0).max(20);
/** POST /api/rounds: raters are suggested; `teams` empty means everybody whom the form covers. */
export const makeRoundSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  period: z.string().min(4).max(10),
  plan: planIdParam,
  form: z.string().min(1).max(64),
  dueOn: z.iso.date(),
  teams: z.array(z.string().max(200)).max(500).default([]),
  howMany: z.strictObject({ peer: upTo, report: upTo, other: upTo }).default({ peer: 5, report: 6, other: 3 }),
});
export type MakeRound = z.input<typeof makeRoundSchema>;
export const madeRoundSchema = z.object({ id: count });

const rater = z.object({
  ...{ rater: z.string(), name: z.string(), perspective, isSubmitted: z.boolean() },
  /** No longer there, or nobody who can sign in. */
  ...{ hasLeft: z.boolean(), hasAccount: z.boolean() },
});
/** GET /api/rounds/{id}: who rates whom, and how far it is; never what was given. */
export const feedbackRoundSchema = z.object({
  ...{
    id: count,
    name: z.string(),
    period: z.string(),
    state: roundState,
    dueOn: z.string(),
    form: assessmentFormSchema,
  },
  ...{ madeName: z.string(), openedName: z.string().nullable(), publishedName: z.string().nullable() },
  subjects: z.array(z.object({ agentId: z.string(), name: z.string(), team: z.string(), raters: z.array(rater) })),
  issues: z.array(
    z.object({
      code: z.enum(['subject.noRaters', 'rater.left', 'group.tooFew']),
      ...{ subject: z.string(), rater: z.string().optional(), perspective: group.optional(), forbids: z.boolean() },
    }),
  ),
  /** Whom one may add as a rater. */
  people: z.array(z.object({ id: z.string(), name: z.string(), team: z.string() })),
  may: z.object({ change: z.boolean(), approve: z.boolean(), close: z.boolean(), publish: z.boolean() }),
});
export type FeedbackRoundPage = z.infer<typeof feedbackRoundSchema>;

/** PUT /api/rounds/{id}/raters: everybody who rates one person. */
export const setRatersSchema = z.strictObject({
  subject: id,
  raters: z.array(z.strictObject({ rater: id, perspective })).max(60),
});

const score = z.string().nullable();
const byQuestion = z.record(z.string(), score);
/** GET /api/rounds/{id}/results/{agentId}. */
export const roundResultSchema = z.object({
  ...{ round: count, name: z.string(), period: z.string(), publishedAt: instant, form: assessmentFormSchema },
  ...{ agentId: z.string(), agentName: z.string(), total: score, raters: count },
  groups: z.array(z.object({ perspective: group, raters: count, value: z.string(), questions: byQuestion })),
  hidden: z.array(group),
  self: z.object({ value: score, questions: byQuestion, comment: z.string() }).nullable(),
  comments: z.array(z.string()),
});
export type RoundResultPage = z.infer<typeof roundResultSchema>;

/** GET /api/rounds/{id}/report: how people rate, and the totals. */
export const roundReportSchema = z.object({
  raters: z.array(
    z.object({
      ...{ rater: z.string(), name: z.string(), ratings: count, people: count },
      ...{ severity: score, flat: score, spread: score },
    }),
  ),
  /** Only once published. */
  results: z.array(z.object({ agentId: z.string(), name: z.string(), team: z.string(), total: score, raters: count })),
});
export type RoundReport = z.infer<typeof roundReportSchema>;
