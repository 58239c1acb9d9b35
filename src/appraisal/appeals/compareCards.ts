import { itemsById } from '../../scores/itemsById.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { ItemScore, Scorecard } from '../../scores/scorecard.ts';
import type { Compared } from './schemas.ts';

/** The items whose figure or points a correction changes, before and after, in the order of the card. */
export function changedItems(plan: ResolvedPlan, before: Scorecard, after: Scorecard): Compared['items'] {
  const named = itemsById(plan);
  const was = new Map(before.items.map((item) => [item.id, item]));
  const is = new Map(after.items.map((item) => [item.id, item]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [one, other] = [was.get(id), is.get(id)];
    const item = named.get(id);
    if (!item || same(one, other)) return [];
    return [{ id, name: item.name, unit: item.metric.unit, before: figureOf(one), after: figureOf(other) }];
  });
}

const figureOf = (item: ItemScore | undefined) => ({
  ...{ value: item?.value ?? null, points: item?.points ?? null, n: item ? item.n : null },
});

const same = (one: ItemScore | undefined, other: ItemScore | undefined) =>
  one?.value === other?.value && one?.points === other?.points && one?.n === other?.n;
