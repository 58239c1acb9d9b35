import type { Sensitivity } from './backTestSchemas.ts';
import { changeItems } from './changeItems.ts';
import { add, divide, fraction, multiply, one, subtract, sum, toDecimal } from './fraction.ts';
import type { ResolvedItem, ResolvedPlan, ResolvedTarget } from './resolvePlan.ts';
import { retotalled, type Scored } from './retotal.ts';

/** Cards between two chances for others to run. */
const chunk = 100;

/**
 * What moves when one number of the plan does: each weight one point heavier (the others give it up in proportion, so the sum
 * stays) and each target 5% higher. Card by card, so that only one is held ready at a time; it yields now and then, so that
 * whoever runs this in a server can let others in between.
 */
export function* sensitivity(cards: readonly Scored[]): Generator<void, Sensitivity[]> {
  const rated = cards.filter(({ card }) => card.total !== null);
  const plans = [...new Set(rated.map(({ plan }) => plan))];
  const [first] = plans;
  if (!first) return [];
  const changes = first.blocks
    .flatMap((block) => block.items)
    .flatMap((item) => (['weight', 'target'] as const).map((kind) => changeOf(item, kind, plans)));
  for (const [i, scored] of rated.entries()) {
    const { now, again } = retotalled(scored);
    for (const change of changes) {
      const other = again(change.plans.get(scored.plan) ?? scored.plan, change.item.id, change.kind);
      if (!other) continue;
      change.of += 1;
      change.moved += other.total - now.total;
      if (other.rank < now.rank) change.up += 1;
      if (other.rank > now.rank) change.down += 1;
    }
    if (i % chunk === chunk - 1) yield;
  }
  return changes.map(({ kind, item, moved, up, down, of }) => ({
    kind,
    item: item.id,
    name: item.name,
    meanChange: (of === 0 ? 0 : moved / of).toFixed(4),
    ...{ up, down, of },
    harder: kind === 'target' ? item.better === 'higher' : null,
  }));
}

function changeOf(item: ResolvedItem, kind: Sensitivity['kind'], plans: readonly ResolvedPlan[]) {
  const by = kind === 'weight' ? heavier : higher;
  return {
    ...{ item, kind, moved: 0, up: 0, down: 0, of: 0 },
    plans: new Map(plans.map((plan) => [plan, by(plan, item.id)])),
  };
}

/** One item a point heavier, the others lighter in proportion: Σ weights stays what it was. */
function heavier(plan: ResolvedPlan, id: string): ResolvedPlan {
  return changeItems(plan, (item, all) => {
    const own = all.find((each) => each.id === id);
    if (!own || item.bonus) return item;
    if (item.id === id) return { ...item, weight: add(item.weight, one) };
    const others = subtract(sum(all.map(({ weight }) => weight)), own.weight);
    return { ...item, weight: multiply(item.weight, divide(subtract(others, one), others)) };
  });
}

const higher = (plan: ResolvedPlan, id: string): ResolvedPlan =>
  changeItems(plan, (item) => (item.id === id ? { ...item, target: raised(item.target) } : item));

const factor = fraction('1.05');
const raise = (amount: string): string => toDecimal(multiply(fraction(amount), factor));

/** The amounts that are to be reached; the load that decides between two of them stays. */
function raised(target: ResolvedTarget): ResolvedTarget {
  if (typeof target === 'string') return raise(target);
  if ('input' in target) return { ...target, value: target.value && raise(target.value) };
  if ('byPriority' in target)
    return { byPriority: { normal: raise(target.byPriority.normal), urgent: raise(target.byPriority.urgent) } };
  if ('byLoad' in target) {
    const { below, reached, unknown } = target.byLoad;
    return { byLoad: { ...target.byLoad, below: raise(below), reached: raise(reached), unknown: raise(unknown) } };
  }
  if ('byTier' in target) {
    const { junior, mid, senior, unknown } = target.byTier;
    const given = (amount: string | null) => amount && raise(amount);
    return { byTier: { junior: given(junior), mid: given(mid), senior: given(senior), unknown: given(unknown) } };
  }
  return { ofMetric: { ...target.ofMetric, factor: raise(target.ofMetric.factor) } };
}
