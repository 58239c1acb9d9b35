import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { isInScope, scopeFilter } from '../people/authorise.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import type { VisibleAgents } from './entryStore.ts';

const rowSchema = z.object({ agentId: z.string(), team: z.string(), shop: z.string() });

/** The agents whose entries somebody may see, by the team and shop they are in today; null: everybody's. */
export async function visibleAgents(clickhouse: ClickHouse, actor: Actor): Promise<VisibleAgents> {
  const { agents, teams, shops } = scopeFilter(actor);
  if (agents !== null) return agents;
  if (teams === null && shops === null) return null;
  const rows = await clickhouse.all.query(
    'SELECT agent_id AS agentId, team, shop FROM agent_history ORDER BY valid_from DESC LIMIT 1 BY agent_id',
    { rows: rowSchema },
  );
  return rows.filter((agent) => isInScope(actor, agent)).map(({ agentId }) => agentId);
}
