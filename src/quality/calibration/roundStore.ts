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
  readonly factsRevision: number;
}

const columns = `id::int AS id, name, rubric_id AS "rubricId", rubric_version AS "rubricVersion", expert, opened_at AS "openedAt",
  opened_by AS "openedBy", closed_at AS "closedAt", outcome, facts_revision AS "factsRevision"`;

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

export async function notesOf(postgres: Queryable, round: number) {
  const { rows } = await postgres.query<{ place: number; at: Date; name: string; text: string }>(
    'SELECT place, at, name, text FROM calibration_notes WHERE round_id = $1 ORDER BY id',
    [round],
  );
  return rows;
}
