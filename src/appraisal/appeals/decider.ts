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

interface Who {
  readonly userId: string;
  readonly agentId: string | null;
}

/**
 * Why somebody who has the right cannot decide this one: it is their own case, they judged what is disputed, or they have already
 * given their word on it. Null where nothing is in the way.
 */
export function refusalOf(
  appeal: Pick<StoredAppeal, 'agentId' | 'submittedBy' | 'judgedBy'>,
  decisions: readonly Pick<StoredDecision, 'byId'>[],
  { userId, agentId }: Who,
): 'appeal.ownCase' | 'appeal.ownFinding' | 'appeal.sameDecider' | null {
  if (agentId === appeal.agentId || userId === appeal.submittedBy) return 'appeal.ownCase';
  if (appeal.judgedBy.includes(userId)) return 'appeal.ownFinding';
  return decisions.some(({ byId }) => byId === userId) ? 'appeal.sameDecider' : null;
}
