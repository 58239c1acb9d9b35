import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import type { By } from './proposalStore.ts';

const poolRow = z.object({
  capFen: z.string().nullable(),
  floorPercent: z.string(),
  ceilingFen: z.string().nullable(),
  at: z.date(),
  by: z.string(),
  reason: z.string(),
});

/** The budget that counts for a period; null where none was set, or the last one was lifted. */
export async function readPool(postgres: Queryable, period: string) {
  const { rows } = await postgres.query(
    `SELECT cap_fen::text AS "capFen", trim_scale(floor_percent)::text AS "floorPercent", ceiling_fen::text AS "ceilingFen", at,
       by_name AS by, reason
     FROM bonus_pools WHERE period = $1 ORDER BY id DESC LIMIT 1`,
    [period],
  );
  const found = rows[0] === undefined ? null : poolRow.parse(rows[0]);
  if (found === null || found.capFen === null) return null;
  const { capFen, ...rest } = found;
  return { ...rest, capFen };
}

export interface NewPool {
  readonly capFen: string;
  readonly floorPercent: string;
  readonly ceilingFen: string | null;
}

export async function insertPool(connection: Queryable, period: string, pool: NewPool | null, by: By): Promise<void> {
  const { capFen = null, floorPercent = '0', ceilingFen = null } = pool ?? {};
  await connection.query(
    `INSERT INTO bonus_pools (period, cap_fen, floor_percent, ceiling_fen, at, by_id, by_name, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [period, capFen, floorPercent, ceilingFen, by.at, by.userId, by.name, by.reason],
  );
}

/** Who has a card without a grade in a period. */
export async function unratedIn(postgres: Queryable, period: string) {
  const { rows } = await postgres.query<{ agentId: string; name: string; team: string; shop: string }>(
    `SELECT agent_id AS "agentId", person->>'name' AS name, person->>'team' AS team, person->>'shop' AS shop
     FROM (
       SELECT DISTINCT ON (agent_id) agent_id, person, total FROM scorecards WHERE period = $1 ORDER BY agent_id, version DESC
     ) AS latest
     WHERE total IS NULL ORDER BY agent_id`,
    [period],
  );
  return rows;
}
