import { z } from 'zod';
import type { Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Deps } from '../../platform/http.ts';
import { readAssignments } from '../../scores/assignmentStore.ts';
import { coveringPlan } from '../../scores/coveringPlan.ts';
import { grouped } from '../../scores/grouped.ts';
import { type Person, peopleIn } from '../../scores/organisation.ts';
import { readVersions, versionInForce } from '../../scores/planStore.ts';
import { dueOn } from './formPeriods.ts';
import { departmentOf, type Judge } from './mayAssess.ts';
import type { FormRun, RunPerson } from './standing.ts';

type Every = 'month' | 'quarter';

/**
 * The forms of these periods, by the plan that covers each person in the period's first month: those that assessors fill in one by one, or those of
 * 360 rounds.
 */
export async function runsIn(
  deps: Deps,
  periods: readonly { period: Period; every: Every }[],
  by: 'assessors' | 'colleagues' = 'assessors',
): Promise<FormRun[]> {
  const { clickhouse, postgres } = deps.stores;
  const [rules, versions] = await Promise.all([readAssignments(postgres), readVersions(postgres)]);
  const ofPlan = grouped(versions, ({ planId }) => planId);
  const found = await Promise.all(
    periods.map(async ({ period, every }) => {
      const month = period.firstDay.slice(0, 7);
      const people = await peopleIn(clickhouse, period);
      const covered = [...grouped(people, (person) => coveringPlan(rules, person, month))];
      const runs = covered.flatMap(([planId, own]) => {
        const version = versionInForce(ofPlan.get(planId) ?? [], month);
        const forms = (version?.plan.assessments ?? []).filter(
          (form) => form.every === every && (form.assessor === 'colleagues') === (by === 'colleagues'),
        );
        return version ? forms.map((form) => ({ version, form, own })) : [];
      });
      return Promise.all(
        runs.map(
          async ({ version, form, own }): Promise<FormRun> => ({
            ...{ planId: version.planId, planName: version.plan.name, planVersion: version.version, form, period },
            ...{ dueOn: dueOn(period, form.dueDays), people: await peopleFor(clickhouse, form, period, own) },
          }),
        ),
      );
    }),
  );
  return found.flat();
}

/** Without a ticket to look at, or anybody who asked for one, there is nothing to assess. */
async function peopleFor(
  clickhouse: ClickHouse,
  form: FormRun['form'],
  period: Period,
  people: readonly Person[],
): Promise<RunPerson[]> {
  const plain = people.map(({ agentId, name, team, shop }) => ({ agentId, name, team, shop, tickets: [], asking: [] }));
  const agents = people.map(({ agentId }) => agentId);
  if (form.asks.kind === 'checklist' && form.asks.tickets !== undefined) {
    const drawn = await drawnTickets(clickhouse, period, agents, Number(form.asks.tickets));
    return plain.flatMap((person) => {
      const tickets = drawn.get(person.agentId);
      return tickets ? [{ ...person, tickets: tickets.map(({ ticketId }) => ticketId) }] : [];
    });
  }
  if (form.assessor === 'otherDepartment') {
    const asked = await askingTeams(clickhouse, period, agents);
    return plain.flatMap((person) => {
      const asking = (asked.get(person.agentId) ?? []).map(({ team }) => team).filter((team) => team !== person.team);
      return asking.length > 0 ? [{ ...person, asking }] : [];
    });
  }
  return plain;
}

const spanOf = ({ fromMs, toMs }: Period) => ({ from: String(fromMs), to: String(toMs) });

/** So many of each person's tickets closed in the period, by a hash of their numbers: the same ones whenever it is asked. */
async function drawnTickets(clickhouse: ClickHouse, period: Period, agents: readonly string[], count: number) {
  const rows = await clickhouse.all.query(
    `SELECT toString(owner_agent_id) AS agentId, ticket_id AS ticketId
     FROM ticket_facts FINAL
     WHERE closed_at >= fromUnixTimestamp64Milli({from:Int64}) AND closed_at < fromUnixTimestamp64Milli({to:Int64})
       AND NOT cancelled AND owner_agent_id IN {agents:Array(String)}
     ORDER BY agentId, cityHash64(ticket_id, {period:String}), ticketId
     LIMIT {count:UInt32} BY agentId`,
    {
      params: { ...spanOf(period), agents: [...agents], period: period.text, count },
      rows: z.object({ agentId: z.string(), ticketId: z.string() }),
    },
  );
  return grouped(rows, ({ agentId }) => agentId);
}

/** The teams that asked each person for a ticket created in the period. */
async function askingTeams(clickhouse: ClickHouse, period: Period, agents: readonly string[]) {
  const rows = await clickhouse.all.query(
    `SELECT DISTINCT toString(owner_agent_id) AS agentId, toString(requesting_team) AS team
     FROM ticket_facts FINAL
     WHERE created_at >= fromUnixTimestamp64Milli({from:Int64}) AND created_at < fromUnixTimestamp64Milli({to:Int64})
       AND NOT cancelled AND requesting_team != '' AND owner_agent_id IN {agents:Array(String)}
     ORDER BY agentId, team`,
    {
      params: { ...spanOf(period), agents: [...agents] },
      rows: z.object({ agentId: z.string(), team: z.string() }),
    },
  );
  return grouped(rows, ({ agentId }) => agentId);
}

/** Assessors with the teams they speak for: those of their scope, and the one they belong to now. */
export async function judgesOf(clickhouse: ClickHouse, actors: readonly Actor[]): Promise<Judge[]> {
  const linked = actors.flatMap(({ agentId }) => agentId ?? []);
  const rows =
    linked.length === 0
      ? []
      : await clickhouse.all.query(
          `SELECT agent_id AS agentId, argMax(toString(team), valid_from) AS team
           FROM agent_history WHERE agent_id IN {agents:Array(String)} GROUP BY agent_id`,
          { params: { agents: linked }, rows: z.object({ agentId: z.string(), team: z.string() }) },
        );
  const teamOf = new Map(rows.map(({ agentId, team }) => [agentId, team]));
  return actors.map((actor) => {
    const own = actor.agentId === null ? '' : (teamOf.get(actor.agentId) ?? '');
    return { actor, teams: [...new Set([...departmentOf(actor), own])].filter((team) => team !== '') };
  });
}

/** The same for one. */
export async function judgeOf(clickhouse: ClickHouse, actor: Actor): Promise<Judge> {
  const [judge] = await judgesOf(clickhouse, [actor]);
  if (!judge) throw new Error('one actor gave no judge');
  return judge;
}
