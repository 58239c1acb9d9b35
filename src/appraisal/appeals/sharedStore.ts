import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import type { FrozenCard } from '../../scores/frozenCardStore.ts';
import type { Person } from '../../scores/organisation.ts';
import type { ScoreInput } from '../../scores/scorecard.ts';

/** As much of a card as says which incidents it counts. */
export type IncidentCard = Pick<FrozenCard, 'agentId' | 'person' | 'input'>;

const rowSchema = z.object({
  agentId: z.string(),
  person: z.custom<Person>(),
  vetoes: z.custom<ScoreInput['vetoes']>(),
  incidents: z.custom<NonNullable<ScoreInput['incidents']>>().nullable(),
});

/** The cards of a closed period as they count, or one person's as of a version, with nothing but their incidents. */
export async function cardsWithIncidents(
  postgres: Queryable,
  period: string,
  one?: { readonly agentId: string; readonly asOf: number },
): Promise<IncidentCard[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) agent_id AS "agentId", person, input->'vetoes' AS vetoes, input->'incidents' AS incidents
     FROM scorecards
     WHERE period = $1 AND input IS NOT NULL AND ($2::text IS NULL OR agent_id = $2) AND ($3::int IS NULL OR version <= $3)
     ORDER BY agent_id, version DESC`,
    [period, one?.agentId ?? null, one?.asOf ?? null],
  );
  return rows.map((row) => {
    const { agentId, person, vetoes, incidents } = rowSchema.parse(row);
    const input = { values: {}, tier: person.tier, promotion: false, vetoes, ...(incidents ? { incidents } : {}) };
    return { agentId, person, input };
  });
}
