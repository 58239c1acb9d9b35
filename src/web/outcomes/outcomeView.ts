import type { DecideInput, ProposalView } from '../../outcomes/schemas.ts';

export type Asked = keyof Pick<DecideInput, 'percent' | 'toTier' | 'title' | 'endsOn' | 'amount'>;

/** What somebody who approves has to say beside the reason. */
export function asksFor({ kind, amount }: Pick<ProposalView, 'kind' | 'amount'>): Asked[] {
  switch (kind) {
    case 'raise':
      return ['percent'];
    case 'promotion':
      return ['toTier'];
    case 'honour':
      return ['title'];
    case 'training':
    case 'improvementPlan':
      return ['endsOn'];
    case 'incentive':
      return amount?.status === 'lacking' && amount.lack === 'base' ? ['amount'] : [];
    case 'coefficient':
    case 'bonusMonths':
    case 'mentorShare':
    case 'star':
    case 'transfer':
    case 'redLine':
    case 'rotation':
      return [];
  }
}

/** The same for several at once: what each says itself is left to it. */
export function asksForAll(proposals: readonly Pick<ProposalView, 'kind' | 'amount' | 'suggestion'>[]): Asked[] {
  const [only] = proposals;
  if (only && proposals.length === 1) return asksFor(only);
  return [...new Set(proposals.flatMap((each) => (saysItself(each) ? [] : asksFor(each))))];
}

const saysItself = ({ suggestion }: Pick<ProposalView, 'suggestion'>): boolean =>
  (suggestion.kind === 'promotion' && suggestion.to !== null) ||
  (suggestion.kind === 'honour' && suggestion.title !== null);

type Takable = Pick<ProposalView, 'mayDecide' | 'state' | 'supported' | 'amount'>;

/** Whether the reader is offered to approve or decline it. */
export const mayTake = (
  { mayDecide, state, supported }: Omit<Takable, 'amount'>,
  as: 'approved' | 'declined',
): boolean => mayDecide && (as === 'declined' || (state === 'proposed' && supported));

/** Whether it could be done now: what lacks a salary or coefficient cannot be approved yet, and must not stop the others. */
export const canTake = (proposal: Takable, as: 'approved' | 'declined'): boolean =>
  mayTake(proposal, as) &&
  (as === 'declined' || proposal.amount?.status !== 'lacking' || proposal.amount.lack === 'base');

/** What was approved, else what it comes to today; null where there is neither. */
export function amountFenOf({ amount, decided }: Pick<ProposalView, 'amount' | 'decided'>): string | null {
  if (decided) return decided.decision.amountFen ?? null;
  return amount?.status === 'known' ? amount.amountFen : null;
}

/** Whether a raise lies outside what the rule proposes; without a range nothing does. */
export function isOutside({ suggestion, decided }: Pick<ProposalView, 'suggestion' | 'decided'>): boolean {
  const percent = decided?.decision.percent;
  if (suggestion.kind !== 'raise' || percent === undefined) return false;
  const { from, to } = suggestion;
  return (from !== null && Number(percent) < Number(from)) || (to !== null && Number(percent) > Number(to));
}
