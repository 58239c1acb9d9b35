import { sum } from './fraction.ts';
import type { ResolvedBlock, ResolvedItem, ResolvedPlan } from './resolvePlan.ts';

/** The plan with every item as `change` makes it, for every tier; a block weighs what its items weigh then. */
export function changeItems(
  plan: ResolvedPlan,
  change: (item: ResolvedItem, all: readonly ResolvedItem[]) => ResolvedItem,
): ResolvedPlan {
  const changed = (blocks: readonly ResolvedBlock[]): ResolvedBlock[] => {
    const all = blocks.flatMap(({ items }) => items).filter(({ bonus }) => !bonus);
    return blocks.map((block) => {
      const items = block.items.map((item) => change(item, all));
      return { ...block, items, weight: sum(items.filter(({ bonus }) => !bonus).map(({ weight }) => weight)) };
    });
  };
  const blocks = changed(plan.blocks);
  const of = (tier: keyof ResolvedPlan['blocksOf']) => (plan.weightsByTier ? changed(plan.blocksOf[tier]) : blocks);
  const blocksOf = { junior: of('junior'), mid: of('mid'), senior: of('senior'), unknown: of('unknown') };
  return { ...plan, blocks, blocksOf };
}
