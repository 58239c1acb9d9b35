import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import { computedGrade } from '../../scores/frozenCardStore.ts';
import type { Person } from '../../scores/organisation.ts';

const rowSchema = z.object({
  agentId: z.string(),
  person: z.custom<Person>(),
  total: z.string().nullable(),
  vetoes: z.array(z.string()),
  grade: z.string().nullable(),
  level: z.number().nullable(),
  gradedBy: z.enum(['bands', 'distribution', 'meeting']),
  coefficient: z.string().nullable(),
  computedGrade: z.string().nullable(),
  computedLevel: z.number().nullable(),
  computedCoefficient: z.string().nullable(),
});
export type PoolMember = z.infer<typeof rowSchema>;

/** Everybody with a card by a plan in a closed period: as it counts, and as it is computed without the meeting. */
export async function poolOf(
  postgres: Queryable,
  period: string,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<PoolMember[]> {
  const { rows } = await postgres.query(
    `SELECT now.agent_id AS "agentId", now.person, now.total::text AS total, now.grade, now.level, now.graded_by AS "gradedBy",
       trim_scale(now.coefficient)::text AS coefficient, ${computedGrade} AS "computedGrade", placed.level AS "computedLevel",
       now.card->>'coefficient' AS "computedCoefficient",
       ARRAY(SELECT jsonb_array_elements(now.card->'vetoes')->>'incident') AS vetoes
     FROM (SELECT DISTINCT ON (agent_id) * FROM scorecards WHERE period = $1 ORDER BY agent_id, version DESC) AS now
     JOIN (SELECT DISTINCT ON (agent_id) agent_id, grade, level FROM scorecards
       WHERE period = $1 AND graded_by <> 'meeting' ORDER BY agent_id, version DESC) AS placed USING (agent_id)
     WHERE now.plan_id = $2 AND now.plan_version = $3
     ORDER BY now.total DESC NULLS LAST, now.agent_id`,
    [period, id, version],
  );
  return rows.map((row) => rowSchema.parse(row));
}
