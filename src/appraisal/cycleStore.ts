import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import { type CycleState, cycleStates } from './cycle.ts';

const cycleRow = z.object({
  period: z.string(),
  state: z.enum(cycleStates),
  publishedOn: z.string().nullable(),
  changedAt: z.date(),
});
export type StoredCycle = z.infer<typeof cycleRow>;

const cycleColumns = `period, state, published_on::text AS "publishedOn", changed_at AS "changedAt"`;

/** All cycles, the latest first. */
export async function readCycles(postgres: Queryable): Promise<StoredCycle[]> {
  const { rows } = await postgres.query(`SELECT ${cycleColumns} FROM cycles ORDER BY period DESC`);
  return rows.map((row) => cycleRow.parse(row));
}

/** One cycle; null where nobody has opened it. `lock` keeps it from moving until the transaction ends. */
export async function readCycle(postgres: Queryable, period: string, lock = false): Promise<StoredCycle | null> {
  const { rows } = await postgres.query(
    `SELECT ${cycleColumns} FROM cycles WHERE period = $1${lock ? ' FOR UPDATE' : ''}`,
    [period],
  );
  return rows[0] === undefined ? null : cycleRow.parse(rows[0]);
}

const moveRow = z.object({
  fromState: z.enum(cycleStates),
  toState: z.enum(cycleStates),
  at: z.date(),
  byName: z.string(),
  reason: z.string(),
});
export type CycleMove = z.infer<typeof moveRow>;

/** Every move of a cycle, oldest first. */
export async function readMoves(postgres: Queryable, period: string): Promise<CycleMove[]> {
  const { rows } = await postgres.query(
    `SELECT from_state AS "fromState", to_state AS "toState", at, by_name AS "byName", reason
     FROM cycle_moves WHERE period = $1 ORDER BY id`,
    [period],
  );
  return rows.map((row) => moveRow.parse(row));
}

export interface Move {
  readonly period: string;
  readonly from: CycleState;
  readonly to: CycleState;
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly reason: string;
  /** The local day, for a move to published. */
  readonly publishedOn?: string;
}

/** Moves a cycle and remembers who did it. Call it in a transaction that holds the cycle's row, or has just made it. */
export async function moveCycle(connection: Queryable, move: Move): Promise<void> {
  const { period, from, to, at, by, reason, publishedOn = null } = move;
  await connection.query(
    `INSERT INTO cycles (period, state, published_on, changed_at)
     VALUES ($1, $2, coalesce($3, (SELECT published_on FROM cycles WHERE period = $1)), $4)
     ON CONFLICT (period) DO UPDATE
     SET state = excluded.state, published_on = excluded.published_on, changed_at = excluded.changed_at`,
    [period, to, publishedOn, at],
  );
  await connection.query(
    `INSERT INTO cycle_moves (period, from_state, to_state, at, by_id, by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [period, from, to, at, by.userId, by.name, reason],
  );
}
