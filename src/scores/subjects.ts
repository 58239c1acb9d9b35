import { Temporal } from 'temporal-polyfill';
import type { Period } from '../metrics/period.ts';
import type { Employment, Person } from './organisation.ts';

/** Whose figures a card is made from. */
export interface Subjects {
  readonly dimension: 'agent' | 'team';
  /** The agents or teams that stand behind each person; who is not in it has no card by this plan. */
  readonly behind: ReadonlyMap<string, readonly string[]>;
}

type Employed = ReadonlyMap<string, Employment>;

export function agentsThemselves(people: readonly Person[]): Subjects {
  return { dimension: 'agent', behind: new Map(people.map(({ agentId }) => [agentId, [agentId]])) };
}

/**
 * Managers, each with the teams that somebody who names them as manager belongs to, and mentors of new hires with the teams of
 * those. Where the agent list names no manager at all, everybody stands for the team they are in.
 */
export function teamsOfManagers(
  everybody: readonly Person[],
  employed: Employed,
  people: readonly Person[],
  mentorMonths: number,
  period: Period,
): Subjects {
  const teams = new Map<string, Set<string>>();
  const teamOf = new Map(everybody.map(({ agentId, team }) => [agentId, team]));
  for (const { agentId, team } of everybody) {
    const manager = employed.get(agentId)?.managerId ?? '';
    if (manager !== '' && team !== '') teams.set(manager, (teams.get(manager) ?? new Set()).add(team));
  }
  const behind = (person: Person): readonly string[] => {
    if (teams.size === 0) return named([person.team]);
    const mentees = newHiresOf(person.agentId, everybody, employed, mentorMonths, period);
    return named([...(teams.get(person.agentId) ?? []), ...mentees.map((mentee) => teamOf.get(mentee) ?? '')]);
  };
  const known = people.map((person) => [person.agentId, behind(person)] as const);
  return { dimension: 'team', behind: new Map(known.filter(([, some]) => some.length > 0)) };
}

const named = (teams: readonly string[]): string[] => [...new Set(teams)].filter((team) => team !== '').sort();

/** Those whose first months, from the day they were hired, reach into the period, and who are taught by this person. */
export function newHiresOf(
  mentor: string,
  everybody: readonly Person[],
  employed: Employed,
  months: number,
  period: Period,
): string[] {
  if (months === 0) return [];
  return everybody.flatMap(({ agentId }) => {
    const { hiredOn = null, mentorId = '' } = employed.get(agentId) ?? {};
    if (mentorId !== mentor || hiredOn === null) return [];
    const until = Temporal.PlainDate.from(hiredOn).add({ months }).toString();
    return period.firstDay < until && hiredOn <= period.lastDay ? [agentId] : [];
  });
}
