import type { Role } from '../../people/actor.ts';
import type { Decision } from './decisionStore.ts';

/** Who decides about a hit, as far as it matters whose hit it is. */
export interface Decider {
  readonly role: Role;
  readonly agentId: string | null;
  /** Teams they belong to or lead. */
  readonly ownTeams: readonly string[];
}

export interface DecidedAbout {
  readonly agentId: string;
  readonly team: string;
  readonly isRedLine: boolean;
}

export type WhyNot = 'hit.own' | 'hit.ownTeam' | 'hit.ownRedLine';

/**
 * Why somebody may not decide about a hit; null where they may. Nobody decides about their own, and no inspector about their own team's.
 * Supervisors do about their team's: they know it, and whoever is charged can appeal. But a red line of their own team that was
 * confirmed hurts them too, so they never overturn one. A comment decides nothing.
 */
export function whyNotDecide(decider: Decider, hit: DecidedAbout, decision: Decision): WhyNot | null {
  if (decision === 'comment') return null;
  if (hit.agentId !== '' && hit.agentId === decider.agentId) return 'hit.own';
  if (hit.team === '' || !decider.ownTeams.includes(hit.team)) return null;
  if (decider.role === 'inspector') return 'hit.ownTeam';
  return hit.isRedLine && decision === 'overturned' ? 'hit.ownRedLine' : null;
}
