import { exactTotal } from './exactTotal.ts';
import type { Fraction } from './fraction.ts';
import { isVetoed } from './isVetoed.ts';
import { measure } from './measure.ts';
import { type MeasuredBlock, redistribute } from './redistribute.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';

/** A card of the plan tried, with what it was scored from. */
export interface Scored {
  readonly plan: ResolvedPlan;
  readonly input: ScoreInput;
  readonly card: Scorecard;
}

export interface Total {
  readonly total: number;
  /** Place of the grade, 0 the best. */
  readonly rank: number;
}

/** The total of the same figures under a plan in which one item's weight or target differs; null where that leaves it unrated. */
export type Retotal = (changed: ResolvedPlan, item: string, what: 'weight' | 'target') => Total | null;

/**
 * Prepares a card for being totalled again many times. A plan that is a plain sum of weight × attainment needs only what changed:
 * measured and redistributed by the engine's own functions, added in floats, as nothing is graded by it. Whatever has rules beyond
 * that (couplings, deductions, bonuses, exempt days …), or does not come to its own total this way, is scored whole.
 */
export function retotalled({ plan, input, card }: Scored): { readonly now: Total; readonly again: Retotal } {
  const now = { total: exactTotal(card), rank: rankOf(plan, card) };
  const vetoed = isVetoed(plan, card);
  const whole: Retotal = (changed) => {
    const other = score(changed, input);
    return other.total === null ? null : { total: exactTotal(other), rank: rankOf(changed, other) };
  };
  const tier = input.tier ?? 'unknown';
  const blocks = plainBlocks(plan, input);
  if (!blocks || Math.abs(totalOf(blocks) - now.total) > 1e-9) return { now, again: whole };
  const found = blocks.flatMap(({ items }) =>
    items.map(({ item, attainment }) => ({ id: item.id, attainment: attainment && number(attainment) })),
  );
  const complete = found.every(({ attainment }) => attainment !== null);
  const attained = new Map(found.map(({ id, attainment }) => [id, attainment]));
  const effective = new Map(card.items.map(({ id, effectiveWeight }) => [id, Number(effectiveWeight)]));
  const at = (changed: ResolvedPlan, total: number): Total => ({
    total,
    rank: vetoed ? now.rank : rankAt(changed, total),
  });
  const again: Retotal = (changed, id, what) => {
    const items = itemsOf(changed, tier);
    const item = items.get(id);
    if (what === 'target') {
      const before = attained.get(id);
      if (!item || before == null) return now;
      const after = measure(item.item, input, []).attainment;
      return after === null
        ? whole(changed, id, what)
        : at(changed, now.total + (effective.get(id) ?? 0) * (number(after) - before));
    }
    if (complete) {
      let total = 0;
      for (const each of found) total += (items.get(each.id)?.weight ?? 0) * (each.attainment ?? 0);
      return at(changed, total);
    }
    const next = blocks.map(({ block, items: own }) => ({
      block,
      items: own.map((each) => ({ ...each, item: items.get(each.item.id)?.item ?? each.item })),
    }));
    return missingPercent(next) > number(plan.unratedAbove) + 1e-9 ? null : at(changed, totalOf(next));
  };
  return { now, again };
}

interface Weighed {
  readonly item: ResolvedItem;
  readonly weight: number;
}

const weighed = new WeakMap<ResolvedPlan, Map<string, ReadonlyMap<string, Weighed>>>();

/** The items of a changed plan for a tier; looked up for every card, made once. */
function itemsOf(plan: ResolvedPlan, tier: keyof ResolvedPlan['blocksOf']): ReadonlyMap<string, Weighed> {
  const tiers = weighed.get(plan) ?? new Map<string, ReadonlyMap<string, Weighed>>();
  weighed.set(plan, tiers);
  const items =
    tiers.get(tier) ??
    new Map(
      plan.blocksOf[tier].flatMap((block) =>
        block.items.map((item) => [item.id, { item, weight: number(item.weight) }] as const),
      ),
    );
  tiers.set(tier, items);
  return items;
}

const rankOf = (plan: ResolvedPlan, { grade }: Scorecard): number => plan.bands.findIndex(({ id }) => id === grade);

function rankAt(plan: ResolvedPlan, total: number): number {
  // Rounded half up to two decimals as a score is; the tail is what floats lose.
  const rounded = Math.floor(total * 100 + 0.5 + 1e-7) / 100;
  const found = plan.bands.findIndex(({ from, vetoOnly }) => !vetoOnly && rounded >= number(from) - 1e-9);
  return found === -1 ? plan.bands.length - 1 : found;
}

/** The measured items of a plan that is a plain sum for this person; null where it has further rules. */
function plainBlocks(plan: ResolvedPlan, input: ScoreInput): MeasuredBlock[] | null {
  const blocks = plan.blocksOf[input.tier ?? 'unknown'];
  const isPlain =
    plan.couplings.length === 0 &&
    plan.plan.mentoring === undefined &&
    Object.keys(input.exempt ?? {}).length === 0 &&
    !(input.promotion && plan.promotionItems.length > 0) &&
    blocks.every(
      ({ replacedBy, items }) =>
        replacedBy === null && items.every(({ bonus, curve }) => !bonus && curve.curve !== 'deductions'),
    );
  if (!isPlain) return null;
  return blocks.map((block) => ({ block, items: block.items.map((item) => measure(item, input, [])) }));
}

function totalOf(blocks: readonly MeasuredBlock[]): number {
  const complete = blocks.every(({ items }) => items.every(({ attainment }) => attainment !== null));
  const lift = complete ? null : redistribute(blocks, []);
  let total = 0;
  for (const { items } of blocks)
    for (const each of items) {
      if (each.attainment === null) continue;
      total += number(each.item.weight) * number(each.attainment) * (lift ? number(lift(each)) : 1);
    }
  return total;
}

function missingPercent(blocks: readonly MeasuredBlock[]): number {
  let [all, missing] = [0, 0];
  for (const { items } of blocks)
    for (const { item, attainment } of items) {
      all += number(item.weight);
      if (attainment === null) missing += number(item.weight);
    }
  return (missing / all) * 100;
}

/** The nearest float; both sides of a fraction may be longer than a float holds, but never longer than it reaches. */
const number = ({ n, d }: Fraction): number => Number(n) / Number(d);
