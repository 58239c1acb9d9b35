import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';

/** A plan does not change once it is resolved, and every step of every card looks its items up. */
const known = new WeakMap<ResolvedPlan, ReadonlyMap<string, ResolvedItem>>();

/** The items of a plan by id, those of its promotion rule and those that replace a block included. */
export function itemsById(plan: ResolvedPlan): ReadonlyMap<string, ResolvedItem> {
  const found = known.get(plan);
  if (found) return found;
  const items = [
    ...plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]),
    ...plan.promotionItems.map(({ item }) => item),
  ];
  const byId = new Map(items.map((item) => [item.id, item]));
  known.set(plan, byId);
  return byId;
}
