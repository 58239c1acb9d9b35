import { type Fraction, fraction } from './fraction.ts';
import type { TierKey } from './planAmounts.ts';
import type { PlanBlock } from './planSchema.ts';

/** The weight of each item of a block for a tier: as written, or an equal share of its block where none of them is. */
export function itemWeights(block: PlanBlock, tier: TierKey = 'unknown'): Fraction[] {
  const sharers = block.items.filter(({ bonus }) => bonus !== true);
  const { n, d } = fraction(block.weight);
  return block.items.map(({ weight }) => {
    if (weight === undefined) return { n, d: d * BigInt(Math.max(1, sharers.length)) };
    return fraction(typeof weight === 'string' ? weight : weight.byTier[tier]);
  });
}

export const hasTierWeights = (block: PlanBlock): boolean =>
  block.items.some(({ weight }) => typeof weight === 'object');
