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

/** Whether a raise lies outside what the rule proposes; without a range nothing does. */
export function isOutside({ suggestion, decided }: Pick<ProposalView, 'suggestion' | 'decided'>): boolean {
  const percent = decided?.decision.percent;
  if (suggestion.kind !== 'raise' || percent === undefined) return false;
  const { from, to } = suggestion;
  return (from !== null && Number(percent) < Number(from)) || (to !== null && Number(percent) > Number(to));
}
