import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { assessmentFormSchema } from '../../scores/assessmentFormSchema.ts';
import { type Answers, answersSchema } from '../assessments/answers.ts';
import { type Perspective, perspectives } from './perspectives.ts';

export const roundStates = ['draft', 'open', 'closed', 'published'] as const;
export type RoundState = (typeof roundStates)[number];

const roundRow = z.object({
  id: z.number(),
  name: z.string(),
  period: z.string(),
  planId: z.string(),
  planVersion: z.number(),
  form: assessmentFormSchema,
  seed: z.string(),
  dueOn: z.string(),
  state: z.enum(roundStates),
  madeAt: z.date(),
  madeName: z.string(),
  openedName: z.string().nullable(),
  publishedAt: z.date().nullable(),
  publishedName: z.string().nullable(),
  factsRevision: z.number(),
});
export type FeedbackRound = z.infer<typeof roundRow>;

const roundColumns = `id::int AS id, name, period, plan_id AS "planId", plan_version AS "planVersion", form, seed, due_on::text AS "dueOn", state,
  made_at AS "madeAt", made_name AS "madeName", opened_name AS "openedName", published_at AS "publishedAt", published_name AS "publishedName",
  facts_revision AS "factsRevision"`;

/** All rounds, the latest first. */
export async function allFeedbackRounds(postgres: Queryable): Promise<FeedbackRound[]> {
  const { rows } = await postgres.query(`SELECT ${roundColumns} FROM feedback_rounds ORDER BY id DESC`);
  return rows.map((row) => roundRow.parse(row));
}

/** With `lock` nobody else changes it until the transaction ends. Throws NotFound `round.unknown`. */
export async function feedbackRoundById(
  postgres: Queryable,
  id: number,
  lock: 'lock' | 'read' = 'read',
): Promise<FeedbackRound> {
  const { rows } = await postgres.query(
    `SELECT ${roundColumns} FROM feedback_rounds WHERE id = $1${lock === 'lock' ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!rows[0]) throw new NotFound('round.unknown', { round: id });
  return roundRow.parse(rows[0]);
}

export interface NewRound
  extends Pick<FeedbackRound, 'name' | 'period' | 'planId' | 'planVersion' | 'form' | 'seed' | 'dueOn'> {
  readonly at: Date;
  readonly by: string;
}

export async function insertFeedbackRound(connection: Queryable, round: NewRound): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO feedback_rounds (name, period, plan_id, plan_version, form, seed, due_on, state, made_at, made_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9) RETURNING id::int AS id`,
    [
      ...[
        round.name,
        round.period,
        round.planId,
        round.planVersion,
        JSON.stringify(round.form),
        round.seed,
        round.dueOn,
      ],
      ...[round.at, round.by],
    ],
  );
  if (!rows[0]) throw new Error('a round returned no id');
  return rows[0].id;
}

const stamps: Readonly<Record<Exclude<RoundState, 'draft'>, readonly [at: string, name: string]>> = {
  open: ['opened_at', 'opened_name'],
  closed: ['closed_at', 'closed_name'],
  published: ['published_at', 'published_name'],
};

/** Moves a round on; what is published goes out as facts. */
export async function moveRound(
  connection: Queryable,
  id: number,
  to: Exclude<RoundState, 'draft'>,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  const [atColumn, nameColumn] = stamps[to];
  const sends = to === 'published' ? ', facts_revision = facts_revision + 1' : '';
  await connection.query(
    `UPDATE feedback_rounds SET state = $2, ${atColumn} = $3, ${nameColumn} = $4${sends} WHERE id = $1`,
    [id, to, at, by],
  );
}

export interface Subject {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
}

export async function subjectsOf(postgres: Queryable, roundId: number): Promise<Subject[]> {
  const { rows } = await postgres.query<Subject & { [key: string]: string }>(
    'SELECT agent_id AS "agentId", name, team FROM feedback_subjects WHERE round_id = $1 ORDER BY team, agent_id',
    [roundId],
  );
  return rows;
}

export async function insertSubjects(
  connection: Queryable,
  roundId: number,
  subjects: readonly Subject[],
): Promise<void> {
  await connection.query(
    `INSERT INTO feedback_subjects (round_id, agent_id, name, team)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])`,
    [
      roundId,
      subjects.map(({ agentId }) => agentId),
      subjects.map(({ name }) => name),
      subjects.map(({ team }) => team),
    ],
  );
}

const ratingRow = z.object({
  id: z.number(),
  roundId: z.number(),
  subject: z.string(),
  rater: z.string(),
  raterName: z.string(),
  perspective: z.enum(perspectives),
  answers: answersSchema,
  comment: z.string(),
  revision: z.number(),
  isSubmitted: z.boolean(),
});
export type Rating = z.infer<typeof ratingRow>;

const ratingColumns = `id::int AS id, round_id::int AS "roundId", subject, rater, rater_name AS "raterName", perspective, answers, comment, revision,
  submitted_at IS NOT NULL AS "isSubmitted"`;

export async function ratingsOf(postgres: Queryable, roundId: number, subject?: string): Promise<Rating[]> {
  const { rows } = await postgres.query(
    `SELECT ${ratingColumns} FROM feedback_ratings WHERE round_id = $1 AND ($2::text IS NULL OR subject = $2) ORDER BY subject, perspective, rater`,
    [roundId, subject ?? null],
  );
  return rows.map((row) => ratingRow.parse(row));
}

/** What these names of one person have to rate, in rounds that are open. */
export async function ratingsOfRater(postgres: Queryable, raters: readonly string[]): Promise<Rating[]> {
  const { rows } = await postgres.query(
    `SELECT ${ratingColumns} FROM feedback_ratings WHERE rater = ANY($1)
       AND round_id IN (SELECT id FROM feedback_rounds WHERE state = 'open') ORDER BY round_id, perspective <> 'self', id`,
    [raters],
  );
  return rows.map((row) => ratingRow.parse(row));
}

/** Throws NotFound `rating.unknown`: also for those of other raters. */
export async function ratingOfRater(
  postgres: Queryable,
  id: number,
  raters: readonly string[],
  lock: 'lock' | 'read' = 'read',
): Promise<Rating> {
  const { rows } = await postgres.query(
    `SELECT ${ratingColumns} FROM feedback_ratings WHERE id = $1 AND rater = ANY($2)${lock === 'lock' ? ' FOR UPDATE' : ''}`,
    [id, raters],
  );
  if (!rows[0]) throw new NotFound('rating.unknown', { rating: id });
  return ratingRow.parse(rows[0]);
}

export interface NewRating {
  readonly subject: string;
  readonly rater: string;
  readonly raterName: string;
  readonly perspective: Perspective;
}

export async function insertRatings(
  connection: Queryable,
  roundId: number,
  ratings: readonly NewRating[],
): Promise<void> {
  await connection.query(
    `INSERT INTO feedback_ratings (round_id, subject, rater, rater_name, perspective)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])`,
    [
      roundId,
      ratings.map(({ subject }) => subject),
      ratings.map(({ rater }) => rater),
      ratings.map(({ raterName }) => raterName),
      ratings.map(({ perspective }) => perspective),
    ],
  );
}

export async function deleteRatings(connection: Queryable, ids: readonly number[]): Promise<void> {
  await connection.query('DELETE FROM feedback_ratings WHERE id = ANY($1)', [ids]);
}

export async function setPerspective(connection: Queryable, id: number, perspective: Perspective): Promise<void> {
  await connection.query('UPDATE feedback_ratings SET perspective = $2 WHERE id = $1', [id, perspective]);
}

export async function writeRating(
  connection: Queryable,
  id: number,
  { answers, comment }: { readonly answers: Answers; readonly comment: string },
): Promise<void> {
  await connection.query(
    'UPDATE feedback_ratings SET answers = $2, comment = $3, revision = revision + 1 WHERE id = $1',
    [id, JSON.stringify(answers), comment],
  );
}

/** Handed in, or taken back. */
export async function markRating(connection: Queryable, id: number, at: Date | null): Promise<void> {
  await connection.query('UPDATE feedback_ratings SET submitted_at = $2, revision = revision + 1 WHERE id = $1', [
    id,
    at,
  ]);
}

/** Rounds in which somebody was rated and that are published. */
export async function publishedRoundsOf(postgres: Queryable, agentId: string): Promise<FeedbackRound[]> {
  const { rows } = await postgres.query(
    `SELECT ${roundColumns} FROM feedback_rounds WHERE state = 'published'
       AND id IN (SELECT round_id FROM feedback_subjects WHERE agent_id = $1) ORDER BY published_at DESC`,
    [agentId],
  );
  return rows.map((row) => roundRow.parse(row));
}

/** Who of these has been rated in another round of the period that is open or further. */
export async function ratedElsewhere(
  postgres: Queryable,
  round: Pick<FeedbackRound, 'id' | 'period'>,
): Promise<string[]> {
  const { rows } = await postgres.query<{ name: string }>(
    `SELECT DISTINCT s.name FROM feedback_subjects s
     JOIN feedback_subjects o ON o.agent_id = s.agent_id AND o.round_id <> s.round_id
     JOIN feedback_rounds r ON r.id = o.round_id AND r.period = $2 AND r.state <> 'draft'
     WHERE s.round_id = $1 ORDER BY s.name`,
    [round.id, round.period],
  );
  return rows.map(({ name }) => name);
}

/** Whose results of a period are published, by plan and form. */
export async function publishedSubjects(
  postgres: Queryable,
  period: string,
): Promise<{ planId: string; formId: string; agentId: string }[]> {
  const { rows } = await postgres.query<{ planId: string; formId: string; agentId: string }>(
    `SELECT r.plan_id AS "planId", r.form->>'id' AS "formId", s.agent_id AS "agentId"
     FROM feedback_rounds r JOIN feedback_subjects s ON s.round_id = r.id WHERE r.period = $1 AND r.state = 'published'`,
    [period],
  );
  return rows;
}

export async function unsentRounds(postgres: Queryable): Promise<FeedbackRound[]> {
  const { rows } = await postgres.query(
    `SELECT ${roundColumns} FROM feedback_rounds WHERE facts_sent < facts_revision ORDER BY id`,
  );
  return rows.map((row) => roundRow.parse(row));
}

export async function markRoundSent(postgres: Queryable, { id, factsRevision }: FeedbackRound): Promise<void> {
  await postgres.query('UPDATE feedback_rounds SET facts_sent = $2 WHERE id = $1', [id, factsRevision]);
}
