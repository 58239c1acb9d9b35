import type { Sensitivity } from './backTestSchemas.ts';
import { changeItems } from './changeItems.ts';
import { exactTotal } from './exactTotal.ts';
import { add, divide, fraction, multiply, one, subtract, sum, toDecimal } from './fraction.ts';
import type { ResolvedItem, ResolvedPlan, ResolvedTarget } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';

/** A card of the plan tried, with what it was scored from. */
export interface Scored {
  readonly plan: ResolvedPlan;
  readonly input: ScoreInput;
  readonly card: Scorecard;
}

/**
 * What moves when one number of the plan does: each weight one point heavier (the others give it up in proportion, so the sum
 * stays) and each target 5% higher. Every card is scored again by `score` itself; one number at a time, so that whoever runs
 * this in a server can let others in between.
 */
export function* sensitivity(cards: readonly Scored[]): Generator<Sensitivity> {
  const rated = cards.filter(({ card }) => card.total !== null);
  const plans = [...new Set(rated.map(({ plan }) => plan))];
  const [first] = plans;
  if (!first) return;
  for (const item of first.blocks.flatMap((block) => block.items)) {
    yield change('weight', item, rated, changedPlans(plans, item.id, heavier));
    yield change('target', item, rated, changedPlans(plans, item.id, higher));
  }
}

type Change = (plan: ResolvedPlan, item: string) => ResolvedPlan;

const changedPlans = (plans: readonly ResolvedPlan[], item: string, by: Change) =>
  new Map(plans.map((plan) => [plan, by(plan, item)]));

function change(
  kind: Sensitivity['kind'],
  item: ResolvedItem,
  cards: readonly Scored[],
  changed: ReadonlyMap<ResolvedPlan, ResolvedPlan>,
): Sensitivity {
  let [moved, up, down] = [0, 0, 0];
  for (const { plan, input, card } of cards) {
    const other = score(changed.get(plan) ?? plan, input);
    moved += exactTotal(other) - exactTotal(card);
    const [from, to] = [rankOf(plan, card), rankOf(plan, other)];
    if (to < from) up += 1;
    if (to > from) down += 1;
  }
  return {
    kind,
    item: item.id,
    name: item.name,
    meanChange: (moved / cards.length).toFixed(4),
    ...{ up, down, of: cards.length },
    harder: kind === 'target' ? item.better === 'higher' : null,
  };
}

const rankOf = (plan: ResolvedPlan, card: Scorecard) => plan.bands.findIndex(({ id }) => id === card.grade);

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
