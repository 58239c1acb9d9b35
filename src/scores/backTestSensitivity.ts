import type { Sensitivity } from './backTestSchemas.ts';
import { add, divide, type Fraction, fraction, multiply, one, subtract, sum, toDecimal } from './fraction.ts';
import type { PlanTarget } from './planSchema.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
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

/** The sum before it is rounded: a point that shows in no second decimal still moves it. */
export function exactTotal(card: Scorecard): number {
  const round = card.steps.find((step) => step.kind === 'round');
  return Number(round?.kind === 'round' ? round.sum : (card.total ?? 0));
}

const rankOf = (plan: ResolvedPlan, card: Scorecard) => plan.bands.findIndex(({ id }) => id === card.grade);

/** One item a point heavier, the others lighter in proportion: Σ weights stays what it was. */
function heavier(plan: ResolvedPlan, id: string): ResolvedPlan {
  const items = plan.blocks.flatMap((block) => block.items);
  const own = items.find((item) => item.id === id);
  if (!own) return plan;
  const others = subtract(sum(items.map(({ weight }) => weight)), own.weight);
  const left = others.n === 0n ? one : divide(subtract(others, one), others);
  const weightOf = (item: ResolvedItem): Fraction =>
    item.id === id ? add(item.weight, one) : multiply(item.weight, left);
  return {
    ...plan,
    blocks: plan.blocks.map((block) => {
      const changed = block.items.map((item) => ({ ...item, weight: weightOf(item) }));
      return { ...block, items: changed, weight: sum(changed.map(({ weight }) => weight)) };
    }),
  };
}

function higher(plan: ResolvedPlan, id: string): ResolvedPlan {
  return {
    ...plan,
    blocks: plan.blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => (item.id === id ? { ...item, target: raised(item.target) } : item)),
    })),
  };
}

const factor = fraction('1.05');
const raise = (amount: string): string => toDecimal(multiply(fraction(amount), factor));

/** The amounts that are to be reached; the load that decides between two of them stays. */
function raised(target: PlanTarget): PlanTarget {
  if (typeof target === 'string') return raise(target);
  if ('byPriority' in target)
    return { byPriority: { normal: raise(target.byPriority.normal), urgent: raise(target.byPriority.urgent) } };
  if ('byLoad' in target) {
    const { below, reached, unknown } = target.byLoad;
    return { byLoad: { ...target.byLoad, below: raise(below), reached: raise(reached), unknown: raise(unknown) } };
  }
  if ('byTier' in target) {
    const { junior, mid, senior, unknown } = target.byTier;
    return { byTier: { junior: raise(junior), mid: raise(mid), senior: raise(senior), unknown: raise(unknown) } };
  }
  return { ofMetric: { ...target.ofMetric, factor: raise(target.ofMetric.factor) } };
}
