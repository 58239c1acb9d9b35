import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import type { MeetingMove } from './schemas.ts';

const rowSchema = z.object({
  id: z.coerce.number(),
  agentId: z.string(),
  agentName: z.string(),
  planId: z.string(),
  version: z.number(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  at: z.date(),
  by: z.string(),
  undoneAt: z.date().nullable(),
  undoneName: z.string().nullable(),
  isLast: z.boolean(),
  isOvertaken: z.boolean(),
});
export type StoredMove = z.infer<typeof rowSchema>;

const columns = `id, agent_id AS "agentId", agent_name AS "agentName", plan_id AS "planId", version, from_grade AS "from", to_grade AS "to",
  reason, at, by_name AS by, undone_at AS "undoneAt", undone_name AS "undoneName",
  NOT EXISTS (SELECT 1 FROM meeting_moves later WHERE later.period = moves.period AND later.agent_id = moves.agent_id
    AND later.id > moves.id AND later.undone_at IS NULL) AS "isLast",
  -- A band follows from the card's own total, so of a card that was revised the one before the move is no longer right; a place stays.
  EXISTS (SELECT 1 FROM scorecards card WHERE card.period = moves.period AND card.agent_id = moves.agent_id
    AND card.version > moves.version AND card.cause = 'revision' AND (card.level IS NULL OR moves.from_level IS NULL)) AS "isOvertaken"`;

/** Every move of a meeting, the latest first. */
export async function readMoves(postgres: Queryable, period: string, planId: string): Promise<StoredMove[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM meeting_moves moves WHERE period = $1 AND plan_id = $2 ORDER BY id DESC`,
    [period, planId],
  );
  return rows.map((row) => rowSchema.parse(row));
}

export async function readMove(postgres: Queryable, period: string, id: number): Promise<StoredMove | null> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM meeting_moves moves WHERE period = $1 AND id = $2`, [
    ...[period, id],
  ]);
  return rows[0] === undefined ? null : rowSchema.parse(rows[0]);
}

export interface NewMove {
  readonly period: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly planId: string;
  readonly version: number;
  readonly from: { readonly grade: string; readonly level: number | null };
  readonly to: { readonly grade: string; readonly level: number | null };
  readonly reason: string;
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
}

export async function insertMove(connection: Queryable, move: NewMove): Promise<number> {
  const { rows } = await connection.query<{ id: string }>(
    `INSERT INTO meeting_moves (period, agent_id, agent_name, plan_id, version, from_grade, from_level, to_grade, to_level, reason, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    [
      ...[move.period, move.agentId, move.agentName, move.planId, move.version, move.from.grade, move.from.level],
      ...[move.to.grade, move.to.level, move.reason, move.at, move.by.userId, move.by.name],
    ],
  );
  return Number(rows[0]?.id);
}

export async function markUndone(
  connection: Queryable,
  id: number,
  { at, by }: { readonly at: Date; readonly by: { readonly userId: string; readonly name: string } },
): Promise<void> {
  await connection.query('UPDATE meeting_moves SET undone_at = $2, undone_by = $3, undone_name = $4 WHERE id = $1', [
    id,
    at,
    by.userId,
    by.name,
  ]);
}

export function moveView({ id, agentId, agentName, from, to, reason, at, by, ...rest }: StoredMove): MeetingMove {
  const { undoneAt, undoneName, isLast, isOvertaken } = rest;
  return {
    ...{ id, agentId, agentName, from, to, reason, by, at: at.toISOString() },
    undone: undoneAt ? { at: undoneAt.toISOString(), by: undoneName ?? '' } : null,
    mayUndo: undoneAt === null && isLast && !isOvertaken,
    overtaken: undoneAt === null && isOvertaken,
  };
}
