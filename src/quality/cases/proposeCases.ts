/** Why a conversation is among the best: five stars, a customer whose feeling turned, a matter settled at once. */
export const caseReasons = ['rating', 'turned', 'resolved'] as const;
export type CaseReason = (typeof caseReasons)[number];

/** What is known of a conversation of the week. Feelings are hundredths of points, 0 to 10,000; null: not known. */
export interface CaseCandidate {
  readonly sessionId: string;
  readonly agentId: string;
  readonly team: string;
  readonly rating: number | null;
  readonly feelingStart: number | null;
  readonly feelingEnd: number | null;
  readonly resolved: boolean;
  /** Answered turns: of two equal ones the harder comes first. */
  readonly turns: number;
  readonly startedMs: number;
}

export interface ProposedCase {
  readonly candidate: CaseCandidate;
  readonly reasons: readonly CaseReason[];
}

/** REC: from unhappy (at most 40) to no longer so (at least 50, which is neither). */
export const turnedFrom = 4000;
export const turnedTo = 5000;
export const bestRating = 5;
/** REC: a handful: eight a week, three of a team, one of a person. */
export const caseLimits = { week: 8, team: 3, agent: 1 } as const;
/** Settled at once is an everyday thing: one reason alone makes no best case. */
const reasonsLeast = 2;

export function reasonsOf({ rating, feelingStart, feelingEnd, resolved }: CaseCandidate): CaseReason[] {
  const holds: Readonly<Record<CaseReason, boolean>> = {
    rating: rating !== null && rating >= bestRating,
    turned: feelingStart !== null && feelingEnd !== null && feelingStart <= turnedFrom && feelingEnd >= turnedTo,
    resolved,
  };
  return caseReasons.filter((reason) => holds[reason]);
}

/**
 * The best conversations of a week, best first: more reasons, then the greater turn of feeling, more turns, the earlier, the smaller id.
 * `kept` are proposals of the week that stay: they use up the limits and are not proposed again.
 */
export function proposeCases(
  candidates: readonly CaseCandidate[],
  kept: readonly Pick<CaseCandidate, 'sessionId' | 'agentId' | 'team'>[] = [],
  limits: Readonly<Record<keyof typeof caseLimits, number>> = caseLimits,
): ProposedCase[] {
  const known = new Set(kept.map(({ sessionId }) => sessionId));
  const taken = [...kept];
  const proposed: ProposedCase[] = [];
  for (const candidate of candidates.toSorted(better)) {
    const reasons = reasonsOf(candidate);
    if (reasons.length < reasonsLeast || known.has(candidate.sessionId) || taken.length >= limits.week) continue;
    if (taken.filter(({ agentId }) => agentId === candidate.agentId).length >= limits.agent) continue;
    if (taken.filter(({ team }) => team === candidate.team).length >= limits.team) continue;
    taken.push(candidate);
    proposed.push({ candidate, reasons });
  }
  return proposed;
}

function better(a: CaseCandidate, b: CaseCandidate): number {
  return (
    reasonsOf(b).length - reasonsOf(a).length ||
    riseOf(b) - riseOf(a) ||
    b.turns - a.turns ||
    a.startedMs - b.startedMs ||
    (a.sessionId < b.sessionId ? -1 : 1)
  );
}

/** How far the feeling rose where it turned; a rise that is no reason does not order either. */
const riseOf = (candidate: CaseCandidate): number =>
  reasonsOf(candidate).includes('turned') && candidate.feelingStart !== null && candidate.feelingEnd !== null
    ? candidate.feelingEnd - candidate.feelingStart
    : 0;
