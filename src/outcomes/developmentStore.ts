import { z } from 'zod';
import type { ScopeFilter } from '../people/authorise.ts';
import type { Queryable } from '../platform/transaction.ts';
import { developmentKinds, developmentResults } from './developmentSchemas.ts';
import type { LostItem } from './proposal.ts';
import type { By, StoredProposal } from './proposalStore.ts';

const noteRow = z.object({
  at: z.iso.datetime({ offset: true }),
  by: z.string(),
  day: z.string(),
  note: z.string(),
  reached: z.array(z.string()),
  endsOn: z.string().nullable(),
});

const planRow = z.object({
  id: z.coerce.number(),
  kind: z.enum(developmentKinds),
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  period: z.string(),
  goals: z.custom<readonly LostItem[]>(),
  paidMonths: z.number().nullable(),
  openedAt: z.date(),
  openedName: z.string(),
  endsOn: z.string(),
  endedAt: z.date().nullable(),
  endedName: z.string().nullable(),
  result: z.enum(developmentResults).nullable(),
  endedReason: z.string().nullable(),
  notes: z.array(noteRow),
});
export type StoredDevelopment = z.infer<typeof planRow>;

const columns = `id, kind, agent_id AS "agentId", name, team, shop, period, goals, paid_months AS "paidMonths", opened_at AS "openedAt",
  opened_name AS "openedName", ends_on::text AS "endsOn", ended_at AS "endedAt", ended_name AS "endedName", result,
  ended_reason AS "endedReason",
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('at', at, 'by', by_name, 'day', day, 'note', note, 'reached', reached, 'endsOn', notes.ends_on)
      ORDER BY notes.id)
    FROM development_notes AS notes WHERE notes.plan_id = development_plans.id
  ), '[]') AS notes`;

/** Opens what an approved proposal of training or improvement asks for. */
export async function openDevelopment(
  connection: Queryable,
  { id, agentId, name, team, shop, period, suggestion }: StoredProposal,
  endsOn: string,
  by: By,
): Promise<void> {
  if (suggestion.kind !== 'training' && suggestion.kind !== 'improvementPlan') return;
  await connection.query(
    `INSERT INTO development_plans
       (proposal_id, kind, agent_id, name, team, shop, period, goals, paid_months, opened_at, opened_by, opened_name, ends_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[id, suggestion.kind, agentId, name, team, shop, period, JSON.stringify(suggestion.lost)],
      ...[suggestion.kind === 'training' ? suggestion.paidMonths : null, by.at, by.userId, by.name, endsOn],
    ],
  );
}

const within = `($1::text[] IS NULL OR agent_id = ANY($1)) AND ($2::text[] IS NULL OR team = ANY($2)) AND ($3::text[] IS NULL OR shop = ANY($3))`;
const reach = ({ agents, teams, shops }: ScopeFilter) => [agents, teams, shops];

/** Those of a scope, the soonest to end first. */
export async function readDevelopments(postgres: Queryable, scope: ScopeFilter): Promise<StoredDevelopment[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM development_plans WHERE ${within} ORDER BY ended_at DESC NULLS FIRST, ends_on, id`,
    reach(scope),
  );
  return rows.map((row) => planRow.parse(row));
}

/** One of them, held until the transaction ends; null where there is none. */
export async function lockDevelopment(connection: Queryable, id: number): Promise<StoredDevelopment | null> {
  const { rows } = await connection.query(`SELECT ${columns} FROM development_plans WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] === undefined ? null : planRow.parse(rows[0]);
}

export interface NewNote {
  readonly day: string;
  readonly note: string;
  readonly reached: readonly string[];
  readonly endsOn: string | null;
}

export async function insertNote(connection: Queryable, id: number, note: NewNote, by: By): Promise<void> {
  await connection.query(
    `INSERT INTO development_notes (plan_id, at, by_id, by_name, day, note, reached, ends_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, by.at, by.userId, by.name, note.day, note.note, note.reached, note.endsOn],
  );
  if (note.endsOn !== null)
    await connection.query('UPDATE development_plans SET ends_on = $2 WHERE id = $1', [id, note.endsOn]);
}

export async function endDevelopment(
  connection: Queryable,
  id: number,
  result: (typeof developmentResults)[number],
  by: By,
): Promise<void> {
  await connection.query(
    `UPDATE development_plans SET ended_at = $2, ended_by = $3, ended_name = $4, result = $5, ended_reason = $6 WHERE id = $1`,
    [id, by.at, by.userId, by.name, result, by.reason],
  );
}
