import type { Actor } from '../../people/actor.ts';
import { may, scopeFilter } from '../../people/authorise.ts';
import { allMembers } from '../../people/store.ts';
import type { Stores } from '../../platform/stores.ts';
import type { Inspector } from './assign.ts';

export interface NamedInspector extends Inspector {
  readonly name: string;
}

/** Everybody who may inspect and has not left, with the teams that are their own. */
export async function inspectorsOf({ postgres, clickhouse }: Stores): Promise<NamedInspector[]> {
  const members = (await allMembers(postgres)).filter(
    (member) => !member.deactivatedAt && may(actorOf(member), 'inspection.write'),
  );
  return Promise.all(members.map(async (member) => inspectorOf(clickhouse, actorOf(member))));
}

function actorOf({ id, ...member }: Awaited<ReturnType<typeof allMembers>>[number]): Actor {
  return { userId: id, name: member.name, role: member.role, scope: member.scope, agentId: member.agentId };
}

/** A team is somebody's own where they are one of its agents or the manager of one. */
export async function inspectorOf(clickhouse: Stores['clickhouse'], actor: Actor): Promise<NamedInspector> {
  const { teams, shops } = scopeFilter(actor);
  const own = actor.agentId
    ? await clickhouse.all.query<{ team: string }>(
        `SELECT DISTINCT toString(team) AS team FROM agents
         WHERE (agent_id = {agent:String} OR manager_id = {agent:String}) AND team != ''`,
        { params: { agent: actor.agentId } },
      )
    : [];
  return {
    id: actor.userId,
    name: actor.name,
    agentId: actor.agentId,
    ownTeams: own.map(({ team }) => team),
    teams,
    shops,
  };
}
