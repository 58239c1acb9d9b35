import type { Person } from './organisation.ts';

/** Which plan covers some people from a month on. '' means all of them; a null plan takes the rule back. */
export interface Assignment {
  readonly team: string;
  readonly tier: string;
  readonly agentId: string;
  readonly fromMonth: string;
  readonly planId: string | null;
}

type Place = Pick<Person, 'agentId' | 'team' | 'tier'>;

/** The plan that covers people whom no rule names. */
export const plainPlan = 'appliance-aftersales';

/**
 * The plan that covers somebody in a month: of the rules that fit them the one that names them, then the one for their team and
 * tier, their team, their tier, everybody. Of rules for the same people the latest that has begun holds.
 */
export function coveringPlan(rules: readonly Assignment[], { agentId, team, tier }: Place, month: string): string {
  const inOrder = [
    { agentId, team: '', tier: '' },
    { agentId: '', team, tier: tier ?? '' },
    { agentId: '', team, tier: '' },
    { agentId: '', team: '', tier: tier ?? '' },
    { agentId: '', team: '', tier: '' },
  ];
  for (const who of inOrder) {
    const own = rules.filter((rule) => isSamePeople(rule, who) && rule.fromMonth <= month);
    const latest = own.reduce<Assignment | null>(
      (best, rule) => (best === null || rule.fromMonth > best.fromMonth ? rule : best),
      null,
    );
    if (latest?.planId) return latest.planId;
  }
  return plainPlan;
}

type People = Pick<Assignment, 'team' | 'tier' | 'agentId'>;
export const isSamePeople = (one: People, other: People): boolean =>
  one.agentId === other.agentId && one.team === other.team && one.tier === other.tier;
