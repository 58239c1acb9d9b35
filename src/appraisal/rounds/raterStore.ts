import { todayIn } from '../../facts/calendarDays.ts';
import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { activeActors } from '../../people/actors.ts';
import type { Deps } from '../../platform/http.ts';
import { employments, peopleIn } from '../../scores/organisation.ts';
import type { Colleague } from './suggestRaters.ts';

/** A rater is known by the agent they are, else by their member id. */
export const raterIdsOf = ({ agentId, userId }: Pick<Actor, 'agentId' | 'userId'>): string[] =>
  agentId === null ? [userId] : [agentId, userId];

export interface Raters {
  /** Agents who are there today, with who leads them. */
  readonly colleagues: readonly Colleague[];
  /** Everybody who may rate: those, and members who are no agents. */
  readonly all: readonly { readonly id: string; readonly name: string; readonly team: string }[];
  hasLeft(rater: string): boolean;
  hasAccount(rater: string): boolean;
}

/** Who may rate today. */
export async function ratersToday(deps: Deps): Promise<Raters> {
  const { clickhouse, postgres } = deps.stores;
  const today = todayIn(deps);
  const day = parsePeriod(`${today}..${today}`, deps.timeZone);
  const [people, employed, actors] = await Promise.all([
    peopleIn(clickhouse, day),
    employments(clickhouse, day),
    activeActors(postgres),
  ]);
  const colleagues = people.map(({ agentId, name, team }) => ({
    ...{ agentId, name, team, managerId: employed.get(agentId)?.managerId ?? '' },
  }));
  const members = actors
    .filter(({ agentId }) => agentId === null)
    .map(({ userId, name }) => ({ id: userId, name, team: '' }));
  const all = [...colleagues.map(({ agentId, name, team }) => ({ id: agentId, name, team })), ...members];
  const known = new Set(all.map(({ id }) => id));
  const accounts = new Set(actors.map(({ agentId, userId }) => agentId ?? userId));
  return {
    ...{ colleagues, all },
    hasLeft: (rater) => !known.has(rater),
    hasAccount: (rater) => accounts.has(rater),
  };
}
