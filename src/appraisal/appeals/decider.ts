import type { Actor } from '../../people/actor.ts';
import { isInScope } from '../../people/authorise.ts';
import type { StoredAppeal, StoredDecision } from './appealStore.ts';

export type Step = 'supervisor' | 'hr';

/** The step at hand; null once everything is decided. */
export function stepOf({ state }: Pick<StoredAppeal, 'state'>): Step | null {
  switch (state) {
    case 'submitted':
      return 'supervisor';
    case 'hr':
      return 'hr';
    case 'final':
      return null;
  }
}

/** What each step needs of whoever decides it. */
export const permissionOf = { supervisor: 'appeal.decide', hr: 'appeal.conclude' } as const satisfies Record<
  Step,
  string
>;

type Disputed = Pick<StoredAppeal, 'agentId' | 'submittedBy' | 'judgedBy' | 'state' | 'team' | 'shop'>;

/** Whether some supervisor can give the first word: in whose scope it is, and who neither made the appeal nor judged what is disputed. */
export const hasSupervisor = (appeal: Disputed, members: readonly Actor[]): boolean =>
  members.some(
    (member) => member.role === 'supervisor' && isInScope(member, appeal) && handIn(appeal, member) === null,
  );

/**
 * Why somebody who has the right cannot decide this one: it is their own case, they judged what is disputed, they have already given
 * their word on it, or the first word is a supervisor's and there is one who can give it. Null where nothing is in the way.
 */
export function refusalOf(
  appeal: Disputed,
  decisions: readonly Pick<StoredDecision, 'byId'>[],
  actor: Actor,
  members: readonly Actor[],
): 'appeal.ownCase' | 'appeal.ownFinding' | 'appeal.sameDecider' | 'appeal.supervisorFirst' | null {
  const hand = handIn(appeal, actor);
  if (hand) return hand;
  if (decisions.some(({ byId }) => byId === actor.userId)) return 'appeal.sameDecider';
  const standsIn = stepOf(appeal) === 'supervisor' && actor.role !== 'supervisor';
  return standsIn && hasSupervisor(appeal, members) ? 'appeal.supervisorFirst' : null;
}

function handIn(
  { agentId, submittedBy, judgedBy }: Disputed,
  actor: Pick<Actor, 'userId' | 'agentId'>,
): 'appeal.ownCase' | 'appeal.ownFinding' | null {
  if (actor.agentId === agentId || actor.userId === submittedBy) return 'appeal.ownCase';
  return judgedBy.includes(actor.userId) ? 'appeal.ownFinding' : null;
}
