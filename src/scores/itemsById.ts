import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';

/** The items of a plan by id, those of its promotion rule and those that replace a block included. */
export function itemsById(plan: ResolvedPlan): ReadonlyMap<string, ResolvedItem> {
  const items = [
    ...plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]),
    ...plan.promotionItems.map(({ item }) => item),
  ];
  return new Map(items.map((item) => [item.id, item]));
}
