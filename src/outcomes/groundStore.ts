import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import { type FrozenCard, readFrozenCards } from '../scores/frozenCardStore.ts';
import { grouped } from '../scores/grouped.ts';
import type { IssuedCard } from './proposeFor.ts';

/** What a period of a kind looks like, as a regular expression of PostgreSQL. */
const shapes = { month: '^\\d{4}-\\d{2}$', quarter: '^\\d{4}-Q\\d$', year: '^\\d{4}$' } as const;
export type PeriodKind = keyof typeof shapes;

export function kindOf(period: string): PeriodKind | null {
  const found = Object.entries(shapes).find(([, shape]) => new RegExp(shape).test(period));
  return (found?.[0] as PeriodKind | undefined) ?? null;
}

/** Published periods of a kind, oldest first. */
export async function publishedPeriods(connection: Queryable, kind: PeriodKind): Promise<string[]> {
  const { rows } = await connection.query<{ period: string }>(
    `SELECT period FROM cycles WHERE period ~ $1 AND state IN ('published', 'final') ORDER BY period`,
    [shapes[kind]],
  );
  return rows.map(({ period }) => period);
}

/** Who has a card in a period, in a fixed order. */
export async function agentsIn(connection: Queryable, period: string): Promise<string[]> {
  const { rows } = await connection.query<{ agent_id: string }>(
    'SELECT DISTINCT agent_id FROM scorecards WHERE period = $1 ORDER BY agent_id',
    [period],
  );
  return rows.map(({ agent_id }) => agent_id);
}

const issuedRow = z.object({
  agentId: z.string(),
  period: z.string(),
  version: z.number(),
  planId: z.string(),
  grade: z.string().nullable(),
  band: z.string().nullable(),
  total: z.string().nullable(),
});

/** By agent, the grades that count in these periods, oldest first. */
export async function issuedIn(
  connection: Queryable,
  periods: readonly string[],
  agents: readonly string[],
): Promise<ReadonlyMap<string, readonly IssuedCard[]>> {
  const { rows } = await connection.query(
    `SELECT DISTINCT ON (agent_id, period) agent_id AS "agentId", period, version, plan_id AS "planId", grade,
       CASE graded_by WHEN 'bands' THEN grade ELSE card->>'grade' END AS band, total::text AS total
     FROM scorecards WHERE period = ANY($1) AND agent_id = ANY($2)
     ORDER BY agent_id, period, version DESC`,
    [periods, agents],
  );
  return grouped(
    rows.map((row) => issuedRow.parse(row)),
    ({ agentId }) => agentId,
  );
}

/** By agent, the whole cards of these periods, oldest first. */
export async function cardsIn(
  connection: Queryable,
  periods: readonly string[],
  agents: readonly string[],
): Promise<ReadonlyMap<string, readonly FrozenCard[]>> {
  if (agents.length === 0) return new Map();
  const found: FrozenCard[] = [];
  for (const period of periods) found.push(...(await readFrozenCards(connection, period, agents)));
  return grouped(found, ({ agentId }) => agentId);
}
