import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import type { Ranked } from '../scores/forcedGrades.ts';
import type { ResolvedPlan } from '../scores/resolvePlan.ts';

const memberRow = z.object({
  id: z.string(),
  total: z.string(),
  team: z.string(),
  shop: z.string(),
  vetoes: z.array(z.string()),
});

/** Everybody with a total by a plan in a closed period, as its closing ranked them: what was revised since moves nobody else. */
export async function closedPool(postgres: Queryable, period: string, plan: ResolvedPlan): Promise<Ranked[]> {
  const { rows } = await postgres.query(
    `SELECT agent_id AS id, total::text AS total, person->>'team' AS team, person->>'shop' AS shop,
       ARRAY(SELECT veto->>'incident' FROM jsonb_array_elements(card->'vetoes') AS veto) AS vetoes
     FROM scorecards WHERE period = $1 AND plan_id = $2 AND version = 1 AND total IS NOT NULL`,
    [period, plan.id],
  );
  return rows.map((row) => {
    const { vetoes, ...member } = memberRow.parse(row);
    return { ...member, vetoed: vetoes.some((incident) => plan.vetoes.has(incident)) };
  });
}

const gradedRow = z.object({
  period: z.string(),
  planId: z.string(),
  grade: z.string().nullable(),
  band: z.string().nullable(),
});

/** What one person's published periods came to, by whatever plan, oldest first. */
export async function gradedPeriods(postgres: Queryable, agentId: string) {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (period) period, plan_id AS "planId", grade, card->>'grade' AS band
     FROM scorecards JOIN cycles USING (period)
     WHERE agent_id = $1 AND state IN ('published', 'final') ORDER BY period, version DESC`,
    [agentId],
  );
  return rows.map((row) => gradedRow.parse(row));
}

/** The plan versions by which the cards of a closed period were made. */
export async function plansOf(postgres: Queryable, period: string) {
  const { rows } = await postgres.query<{ id: string; version: number }>(
    `SELECT DISTINCT plan_id AS id, plan_version AS version FROM scorecards WHERE period = $1 ORDER BY 1, 2`,
    [period],
  );
  return rows;
}

const poolRow = z.object({ planId: z.string(), planVersion: z.number(), pool: z.string(), entry: z.string() });
/** The ledger's entry with the totals of a pool. */
export type PoolEntry = z.infer<typeof poolRow>;

export async function insertPoolEntries(
  connection: Queryable,
  period: string,
  pools: readonly PoolEntry[],
): Promise<void> {
  await connection.query(
    `INSERT INTO pool_entries (period, plan_id, plan_version, pool, entry)
     SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::text[], $5::text[])`,
    [
      ...[period, pools.map(({ planId }) => planId), pools.map(({ planVersion }) => planVersion)],
      ...[pools.map(({ pool }) => pool), pools.map(({ entry }) => entry)],
    ],
  );
}

/** The pools that a published period ranked; none of one that was published before they were kept. */
export async function poolEntries(connection: Queryable, period: string): Promise<PoolEntry[]> {
  const { rows } = await connection.query(
    `SELECT plan_id AS "planId", plan_version AS "planVersion", pool, entry FROM pool_entries WHERE period = $1`,
    [period],
  );
  return rows.map((row) => poolRow.parse(row));
}
