import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import type { Marks } from '../rubrics/marksSchema.ts';
import type { Candidate } from '../sampling/drawSample.ts';

export interface Round {
  readonly id: number;
  readonly name: string;
  readonly rubricId: string;
  readonly rubricVersion: number;
  readonly expert: string | null;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly closedAt: Date | null;
  readonly outcome: string;
  /** The version of the rubric in which what was agreed is worded. */
  readonly reworded: number | null;
  /** The round whose records are rated anew here. */
  readonly follows: number | null;
  readonly factsRevision: number;
  /** Its scores are records of their own among the facts; those of rounds that went out before are the sessions'. */
  readonly ownRecord: boolean;
}

const columns = `id::int AS id, name, rubric_id AS "rubricId", rubric_version AS "rubricVersion", expert, opened_at AS "openedAt",
  opened_by AS "openedBy", closed_at AS "closedAt", outcome, reworded, follows::int AS follows, facts_revision AS "factsRevision", own_record AS "ownRecord"`;

export async function allRounds(postgres: Queryable): Promise<Round[]> {
  const { rows } = await postgres.query<{ [Name in keyof Round]: Round[Name] }>(
    `SELECT ${columns} FROM calibration_rounds ORDER BY id DESC LIMIT 200`,
  );
  return rows;
}

/** With `lock` nobody else changes it until the transaction ends. Throws NotFound `calibration.unknown`. */
export async function roundById(postgres: Queryable, id: number, lock: 'lock' | 'read' = 'read'): Promise<Round> {
  const { rows } = await postgres.query<{ [Name in keyof Round]: Round[Name] }>(
    `SELECT ${columns} FROM calibration_rounds WHERE id = $1${lock === 'lock' ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!rows[0]) throw new NotFound('calibration.unknown', { round: id });
  return rows[0];
}

export interface Rater {
  readonly id: string;
  readonly name: string;
  readonly agentId: string | null;
}

export async function ratersOf(postgres: Queryable, round: number): Promise<Rater[]> {
  const { rows } = await postgres.query<{ id: string; name: string; agentId: string | null }>(
    'SELECT member AS id, name, agent_id AS "agentId" FROM calibration_raters WHERE round_id = $1 ORDER BY name, member',
    [round],
  );
  return rows;
}

export interface RoundRecord {
  readonly place: number;
  readonly sessionId: string;
  readonly agentId: string;
  readonly happenedAt: Date;
}

export async function recordsOf(postgres: Queryable, round: number): Promise<RoundRecord[]> {
  const { rows } = await postgres.query<{ [Name in keyof RoundRecord]: RoundRecord[Name] }>(
    `SELECT place, session_id AS "sessionId", agent_id AS "agentId", happened_at AS "happenedAt"
     FROM calibration_records WHERE round_id = $1 ORDER BY place`,
    [round],
  );
  return rows;
}

export interface RoundForm {
  readonly place: number;
  readonly member: string;
  readonly marks: Marks;
  readonly comment: string;
  readonly revision: number;
  readonly seconds: number;
  readonly submittedAt: Date | null;
  readonly score: string | null;
}

export async function roundForms(postgres: Queryable, round: number): Promise<RoundForm[]> {
  const { rows } = await postgres.query<{ [Name in keyof RoundForm]: RoundForm[Name] }>(
    `SELECT place, member, marks, comment, revision, seconds, submitted_at AS "submittedAt", score
     FROM calibration_forms WHERE round_id = $1 ORDER BY place, member`,
    [round],
  );
  return rows;
}

export interface NewRound {
  readonly name: string;
  readonly rubricId: string;
  readonly rubricVersion: number;
  readonly expert: string | null;
  readonly at: Date;
  readonly by: string;
  readonly raters: readonly Rater[];
  readonly records: readonly Candidate[];
}

/** Call it in a transaction. */
export async function insertRound(connection: Queryable, round: NewRound): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO calibration_rounds (name, rubric_id, rubric_version, expert, opened_at, opened_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id::int AS id`,
    [round.name, round.rubricId, round.rubricVersion, round.expert, round.at, round.by],
  );
  const id = rows[0]?.id ?? 0;
  for (const { id: member, name, agentId } of round.raters)
    await connection.query(
      'INSERT INTO calibration_raters (round_id, member, name, agent_id) VALUES ($1, $2, $3, $4)',
      [...[id, member, name, agentId]],
    );
  for (const [place, { sessionId, agentId, team, shop, at }] of round.records.entries())
    await connection.query(
      `INSERT INTO calibration_records (round_id, place, session_id, agent_id, team, shop, happened_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, place + 1, sessionId, agentId, team, shop, at],
    );
  return id;
}

/** A round of these records of another, with the same raters and baseline; call it in the transaction that closes that one. */
export async function insertFollowing(
  connection: Queryable,
  of: Pick<Round, 'id' | 'rubricVersion'>,
  next: { readonly name: string; readonly at: Date; readonly by: string; readonly places: readonly number[] },
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO calibration_rounds (name, rubric_id, rubric_version, expert, opened_at, opened_by, follows)
     SELECT $2, rubric_id, $3, expert, $4, $5, id FROM calibration_rounds WHERE id = $1 RETURNING id::int AS id`,
    [of.id, next.name, of.rubricVersion, next.at, next.by],
  );
  const id = rows[0]?.id ?? 0;
  await connection.query(
    `INSERT INTO calibration_raters (round_id, member, name, agent_id)
     SELECT $2, member, name, agent_id FROM calibration_raters WHERE round_id = $1`,
    [of.id, id],
  );
  await connection.query(
    `INSERT INTO calibration_records (round_id, place, session_id, agent_id, team, shop, happened_at)
     SELECT $2, row_number() OVER (ORDER BY place), session_id, agent_id, team, shop, happened_at
     FROM calibration_records WHERE round_id = $1 AND place = ANY($3)`,
    [of.id, id, next.places],
  );
  return id;
}

/** The round in which records of this one are rated anew; null where there is none. */
export async function followingOf(postgres: Queryable, round: number): Promise<number | null> {
  const { rows } = await postgres.query<{ id: number }>(
    'SELECT id::int AS id FROM calibration_rounds WHERE follows = $1',
    [round],
  );
  return rows[0]?.id ?? null;
}

/** What was handed in in the rounds closed before this one (or by now), in which one of these took part. */
export async function earlierForms(
  postgres: Queryable,
  round: Pick<Round, 'id' | 'closedAt'>,
  members: readonly string[],
) {
  const { rows } = await postgres.query<{
    round: number;
    expert: string | null;
    place: number;
    member: string;
    score: string;
    submittedAt: Date;
  }>(
    `SELECT r.id::int AS round, r.expert, f.place, f.member, f.score, f.submitted_at AS "submittedAt"
     FROM calibration_rounds r JOIN calibration_forms f ON f.round_id = r.id
     WHERE r.id <> $1 AND r.closed_at <= coalesce($2::timestamptz, 'infinity') AND f.score IS NOT NULL
       AND EXISTS (SELECT 1 FROM calibration_raters m WHERE m.round_id = r.id AND m.member = ANY($3))
     ORDER BY r.id, f.place, f.member`,
    [round.id, round.closedAt, members],
  );
  return rows;
}

export async function notesOf(postgres: Queryable, round: number) {
  const { rows } = await postgres.query<{ place: number; at: Date; name: string; text: string }>(
    'SELECT place, at, name, text FROM calibration_notes WHERE round_id = $1 ORDER BY id',
    [round],
  );
  return rows;
}
