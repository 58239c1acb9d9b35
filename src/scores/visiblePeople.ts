import type { Period } from '../metrics/period.ts';
import type { Actor } from '../people/actor.ts';
import { isInScope } from '../people/authorise.ts';
import type { Person } from './organisation.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { everybodyIn } from './scorePeople.ts';

export interface PeopleFilter {
  readonly agents?: readonly string[] | undefined;
  readonly team?: string | undefined;
  readonly shop?: string | undefined;
}

/** Those whom the actor may see, by the team and shop they are in at the period's end, narrowed by the filter. */
export async function visiblePeople(
  deps: ScoreDeps,
  actor: Actor,
  period: Period,
  filter: PeopleFilter,
): Promise<Person[]> {
  const everybody = await everybodyIn(deps, period);
  return everybody.filter(
    (person) =>
      isInScope(actor, person) &&
      (filter.agents === undefined || filter.agents.includes(person.agentId)) &&
      (filter.team === undefined || filter.team === person.team) &&
      (filter.shop === undefined || filter.shop === person.shop),
  );
}
