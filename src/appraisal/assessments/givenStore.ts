import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { type Answers, answersSchema } from './answers.ts';
import type { Begun } from './standing.ts';
import type { Worth } from './worth.ts';

/** Which form of whom, by whom. */
export interface GivenKey {
  readonly period: string;
  readonly planId: string;
  readonly formId: string;
  readonly agentId: string;
  readonly assessor: string;
}

const givenRow = z.object({
  id: z.number(),
  period: z.string(),
  planId: z.string(),
  planVersion: z.number(),
  formId: z.string(),
  agentId: z.string(),
  assessor: z.string(),
  assessorName: z.string(),
  assessorAgent: z.string().nullable(),
  tickets: z.array(z.string()),
  answers: answersSchema,
  note: z.string(),
  revision: z.number(),
  submittedRevision: z.number().nullable(),
  factsRevision: z.number(),
  factsItems: z.array(z.string()),
});
export type Given = z.infer<typeof givenRow>;

const columns = `id::int AS id, period, plan_id AS "planId", plan_version AS "planVersion", form_id AS "formId", agent_id AS "agentId",
  assessor, assessor_name AS "assessorName", assessor_agent AS "assessorAgent", tickets, answers, note, revision,
  submitted_revision AS "submittedRevision", facts_revision AS "factsRevision", facts_items AS "factsItems"`;

/** Everything begun in these periods, without the answers. */
export async function begunIn(postgres: Queryable, periods: readonly string[]): Promise<Begun[]> {
  const { rows } = await postgres.query<Begun>(
    `SELECT period, plan_id AS "planId", form_id AS "formId", agent_id AS "agentId", assessor, submitted_revision IS NOT NULL AS "isSubmitted"
     FROM given_assessments WHERE period = ANY($1)`,
    [periods],
  );
  return rows;
}

/** What was begun of one form, oldest first. */
export async function givenOfForm(
  postgres: Queryable,
  form: Pick<GivenKey, 'period' | 'planId' | 'formId'>,
): Promise<Given[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM given_assessments WHERE period = $1 AND plan_id = $2 AND form_id = $3 ORDER BY id`,
    [form.period, form.planId, form.formId],
  );
  return rows.map((row) => givenRow.parse(row));
}

/** Who handed in these forms about somebody, in the order in which they began. */
export async function handedInBy(
  postgres: Queryable,
  {
    period,
    planId,
    agentId,
    forms,
  }: Pick<GivenKey, 'period' | 'planId' | 'agentId'> & { readonly forms: readonly string[] },
): Promise<{ userId: string; name: string }[]> {
  const { rows } = await postgres.query<{ userId: string; name: string }>(
    `SELECT assessor AS "userId", assessor_name AS name FROM given_assessments
     WHERE period = $1 AND plan_id = $2 AND agent_id = $3 AND form_id = ANY($4) AND submitted_revision IS NOT NULL ORDER BY id`,
    [period, planId, agentId, forms],
  );
  return rows;
}

/** Keeps two who hand in the same form of the same person from passing each other, until the transaction ends. */
export async function lockForm(
  connection: Queryable,
  key: Pick<GivenKey, 'period' | 'planId' | 'formId'>,
): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `assessment ${key.period} ${key.planId} ${key.formId}`,
  ]);
}

export interface Saving extends GivenKey {
  readonly planVersion: number;
  readonly tickets: readonly string[];
  readonly answers: Answers;
  readonly note: string;
  readonly at: Date;
}

/** Keeps what was typed; the tickets are those it was begun with. */
export async function saveGiven(connection: Queryable, actor: Actor, saving: Saving): Promise<number> {
  const { period, planId, planVersion, formId, agentId, tickets, answers, note, at } = saving;
  const { rows } = await connection.query<{ revision: number }>(
    `INSERT INTO given_assessments (period, plan_id, plan_version, form_id, agent_id, assessor, assessor_name, assessor_agent, tickets, answers, note, revision, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)
     ON CONFLICT (period, plan_id, form_id, agent_id, assessor) DO UPDATE
     SET answers = $10, note = $11, revision = given_assessments.revision + 1, saved_at = $12
     RETURNING revision`,
    [
      ...[period, planId, planVersion, formId, agentId, actor.userId, actor.name, actor.agentId],
      ...[tickets, JSON.stringify(answers), note, at],
    ],
  );
  const saved = rows[0];
  if (!saved) throw new Error('saving an assessment returned nothing');
  return saved.revision;
}

export interface Handing {
  readonly worth: readonly Worth[];
  readonly at: Date;
  readonly by: Actor;
  readonly reason: string;
}

/** The form as it stands becomes the version that counts; its facts go out anew. */
export async function handIn(connection: Queryable, given: Given, { worth, at, by, reason }: Handing): Promise<void> {
  await connection.query(
    `INSERT INTO assessment_versions (given_id, version, at, by_id, by_name, answers, note, worth, reason)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM assessment_versions WHERE given_id = $1`,
    [given.id, at, by.userId, by.name, JSON.stringify(given.answers), given.note, JSON.stringify(worth), reason],
  );
  await connection.query(
    'UPDATE given_assessments SET submitted_revision = revision, facts_revision = facts_revision + 1 WHERE id = $1',
    [given.id],
  );
}

const unsentRow = givenRow.extend({
  worth: z.array(z.object({ item: z.string(), value: z.string() })),
  handedNote: z.string(),
});
/** Forms whose last version has not gone out as facts, with what that version says. */
export async function unsentGiven(postgres: Queryable, limit: number): Promise<z.infer<typeof unsentRow>[]> {
  const { rows } = await postgres.query(
    `SELECT g.*, v.worth, v.note AS "handedNote"
     FROM (SELECT ${columns} FROM given_assessments WHERE facts_sent < facts_revision ORDER BY id LIMIT $1) AS g
     JOIN LATERAL (SELECT worth, note FROM assessment_versions WHERE given_id = g.id ORDER BY version DESC LIMIT 1) AS v ON true
     ORDER BY g.id`,
    [limit],
  );
  return rows.map((row) => unsentRow.parse(row));
}

export async function markSent(postgres: Queryable, given: Given, items: readonly string[]): Promise<void> {
  await postgres.query('UPDATE given_assessments SET facts_sent = $2, facts_items = $3 WHERE id = $1', [
    ...[given.id, given.factsRevision, items],
  ]);
}

export interface Reminded {
  readonly period: string;
  readonly assessor: string;
  readonly at: Date;
  readonly byName: string;
}

/** The last reminder of each assessor and period. */
export async function lastReminders(postgres: Queryable, periods: readonly string[]): Promise<Reminded[]> {
  const { rows } = await postgres.query<Reminded>(
    `SELECT DISTINCT ON (period, assessor) period, assessor, at, by_name AS "byName"
     FROM assessment_reminders WHERE period = ANY($1) ORDER BY period, assessor, at DESC`,
    [periods],
  );
  return rows;
}

export async function insertReminders(
  connection: Queryable,
  assessors: readonly string[],
  { period, at, byName }: Omit<Reminded, 'assessor'>,
): Promise<void> {
  await connection.query(
    'INSERT INTO assessment_reminders (period, assessor, at, by_name) SELECT $1, assessor, $3, $4 FROM unnest($2::text[]) AS assessor',
    [period, assessors, at, byName],
  );
}
