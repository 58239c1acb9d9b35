import { isByHand, type ProposalState, type Proposed, type Suggestion } from './proposal.ts';

/** A proposal as it stands: of several revisions of one rule only the last is reconciled. */
export interface Standing extends Proposed {
  readonly id: number;
  readonly revision: number;
  readonly state: ProposalState;
  readonly supported: boolean;
}

/** What has to happen to the proposals of one person and period, so that they say what the cards say. */
export type Change =
  | { readonly change: 'propose'; readonly proposed: Proposed; readonly revision: number }
  /** Not decided yet: it suggests something else now, or rests on other cards. */
  | { readonly change: 'alter'; readonly id: number; readonly proposed: Proposed; readonly before: Suggestion }
  /** The cards do not give it any more. It stays, and says so. */
  | { readonly change: 'fall'; readonly id: number }
  | { readonly change: 'stand'; readonly id: number };

const keyOf = ({ kind, rule }: Pick<Proposed, 'kind' | 'rule'>) => `${kind} ${rule}`;

/**
 * What was decided is never altered: where the cards give something else since, the next revision is proposed beside it. The same cards
 * again change nothing. What a person entered by hand is theirs and is left alone.
 */
export function reconcile(standing: readonly Standing[], proposed: readonly Proposed[]): Change[] {
  const own = standing.filter(({ rule }) => !isByHand(rule));
  const given = new Map(proposed.map((each) => [keyOf(each), each]));
  const known = new Set(own.map(keyOf));
  return [
    ...own.flatMap((each): Change[] => {
      const now = given.get(keyOf(each));
      return now ? toldAgain(each, now) : each.supported ? [{ change: 'fall', id: each.id }] : [];
    }),
    ...proposed.flatMap((each): Change[] =>
      known.has(keyOf(each)) ? [] : [{ change: 'propose', proposed: each, revision: 1 }],
    ),
  ];
}

function toldAgain(each: Standing, now: Proposed): Change[] {
  const stand: Change[] = each.supported ? [] : [{ change: 'stand', id: each.id }];
  if (each.state === 'proposed') {
    const same = sameJson([each.suggestion, each.basis], [now.suggestion, now.basis]);
    return same ? stand : [...stand, { change: 'alter', id: each.id, proposed: now, before: each.suggestion }];
  }
  const same = sameJson(materialOf(each.suggestion), materialOf(now.suggestion));
  return same ? stand : [...stand, { change: 'propose', proposed: now, revision: each.revision + 1 }];
}

/** What a decision was about: other items lost make no other training, another coefficient makes another payout. */
function materialOf(suggestion: Suggestion): unknown {
  switch (suggestion.kind) {
    case 'coefficient':
    case 'bonusMonths':
    case 'incentive':
    case 'raise':
      return suggestion;
    case 'mentorShare':
      return suggestion.coefficient;
    case 'star':
      return suggestion.change;
    case 'redLine':
      return suggestion.incidents.map(({ id }) => id);
    case 'rotation':
      return [suggestion.job, suggestion.meets];
    case 'promotion':
    case 'honour':
    case 'training':
    case 'improvementPlan':
    case 'transfer':
      return null;
  }
}

const sameJson = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** Kept as JSON in the database, which sorts keys its own way. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
