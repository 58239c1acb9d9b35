import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import type { Organisation } from '../schemas.ts';

const agentRow = z.object({
  agent_id: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  tier: z.string(),
});
const spanRow = z.object({ first: z.string().nullable(), last: z.string().nullable() });

/** Scores lie downstream of metrics, so whoever knows which plan covers whom is handed in. */
export type PlanOfReader = (actor: Actor) => Promise<string>;

/** What pickers offer: the people in the reader's scope as they are now, and the months that have sessions or tickets, newest first. */
export async function readOrganisation(deps: Deps, actor: Actor, planOfReader: PlanOfReader): Promise<Organisation> {
  authorise(actor, 'metric.read');
  const { all } = deps.stores.clickhouse;
  const [agents, spans] = await Promise.all([
    all.query(
      `SELECT agent_id, argMax(agent_history.name, valid_from) AS name, argMax(agent_history.team, valid_from) AS team,
         argMax(agent_history.shop, valid_from) AS shop, argMax(agent_history.tier, valid_from) AS tier
       FROM agent_history GROUP BY agent_id ORDER BY team, name`,
      { rows: agentRow },
    ),
    all.query(
      `SELECT toString(toDate32(nullIf(min(at), toDateTime64(0, 3, 'UTC')), {tz:String})) AS first, toString(toDate32(nullIf(max(at), toDateTime64(0, 3, 'UTC')), {tz:String})) AS last
       FROM (SELECT min(started_at) AS at FROM session_facts FINAL HAVING count() > 0 UNION ALL SELECT max(started_at) FROM session_facts FINAL HAVING count() > 0
         UNION ALL SELECT min(created_at) FROM ticket_facts FINAL HAVING count() > 0 UNION ALL SELECT max(created_at) FROM ticket_facts FINAL HAVING count() > 0)`,
      { params: { tz: deps.timeZone }, rows: spanRow },
    ),
  ]);
  const mine = agents.filter(({ agent_id, team, shop }) => isInScope(actor, { agentId: agent_id, team, shop }));
  const periods = monthsBetween(spans[0]?.first ?? null, spans[0]?.last ?? null);
  return {
    timeZone: deps.timeZone,
    agents: mine.map(({ agent_id, ...agent }) => ({ agentId: agent_id, ...agent })),
    teams: distinct(mine.map((agent) => agent.team)),
    shops: distinct(mine.map((agent) => agent.shop)),
    periods,
    defaultPeriod: lastWholeMonth(
      periods,
      Temporal.Instant.fromEpochMilliseconds(deps.now()).toZonedDateTimeISO(deps.timeZone).toPlainDate(),
    ),
    defaultPlan: await planOfReader(actor),
  };
}

const distinct = (values: string[]) => [...new Set(values)].filter((value) => value !== '').sort();

function monthsBetween(first: string | null, last: string | null): string[] {
  if (first === null || last === null) return [];
  const months: string[] = [];
  const start = Temporal.PlainDate.from(first).toPlainYearMonth();
  for (
    let month = Temporal.PlainDate.from(last).toPlainYearMonth();
    Temporal.PlainYearMonth.compare(month, start) >= 0;
    month = month.subtract({ months: 1 })
  )
    months.push(month.toString());
  return months;
}

/** The newest month with data that is over; while there is none, the newest with data. */
function lastWholeMonth(periods: readonly string[], today: Temporal.PlainDate): string | null {
  return periods.find((period) => period < today.toPlainYearMonth().toString()) ?? periods[0] ?? null;
}
