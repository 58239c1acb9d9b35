import { compare, type Fraction, fraction, sum, toDecimal, zero } from './fraction.ts';
import { hasTierWeights, itemWeights } from './itemWeights.ts';
import { type TierKey, tierKeys } from './planAmounts.ts';
import { type Issue, issue } from './planIssues.ts';
import type { Plan, PlanBlock } from './planSchema.ts';

const hundred = fraction('100');

/** Weights are positive; items sum to their block, blocks to 100 (within their track where there are tracks), tracks to 100. */
export function validateWeights(plan: Plan): Issue[] {
  return [...plan.blocks.flatMap(blockWeights), ...(plan.tracks ? tracks(plan, plan.tracks) : blocksSum(plan.blocks))];
}

function blockWeights(block: PlanBlock, b: number): Issue[] {
  const path = `blocks[${b}]`;
  const issues = positive(block.weight, `${path}.weight`);
  const counted = block.items.filter(({ bonus }) => bonus !== true);
  const written = counted.filter((item) => item.weight !== undefined).length;
  for (const [i, { weight, bonus }] of block.items.entries()) {
    const at = `${path}.items[${i}].weight`;
    if (weight === undefined && bonus) issues.push(issue(at, 'weight.missing'));
    if (typeof weight === 'string') issues.push(...positive(weight, at));
    if (typeof weight === 'object') {
      for (const tier of tierKeys) issues.push(...positive(weight.byTier[tier], `${at}.byTier.${tier}`));
    }
  }
  if (written > 0 && written < counted.length) return [...issues, issue(`${path}.items`, 'weight.mixed')];
  const asked: readonly TierKey[] = hasTierWeights(block) ? tierKeys : ['unknown'];
  for (const tier of asked) {
    const total = sum(itemWeights(block, tier).filter((_, i) => block.items[i]?.bonus !== true));
    if (compare(total, fraction(block.weight)) === 0) continue;
    const params = { sum: toDecimal(total), weight: block.weight, tier };
    issues.push(issue(`${path}.items`, asked.length > 1 ? 'weights.tierSum' : 'weights.itemsSum', params));
  }
  return issues;
}

function blocksSum(blocks: readonly PlanBlock[]): Issue[] {
  const own = blocks.flatMap(({ track }, b) =>
    track === undefined ? [] : [issue(`blocks[${b}].track`, 'track.unknown', { track })],
  );
  return [...own, ...sumsTo(blocks, 'blocks', 'weights.planSum')];
}

function tracks(plan: Plan, all: NonNullable<Plan['tracks']>): Issue[] {
  const issues: Issue[] = sumsTo(all, 'tracks', 'weights.tracksSum');
  for (const [t, track] of all.entries()) {
    const path = `tracks[${t}]`;
    issues.push(...positive(track.weight, `${path}.weight`));
    if (track.within) {
      const { min, max } = track.within;
      const weight = fraction(track.weight);
      if (compare(weight, fraction(min)) < 0 || compare(weight, fraction(max)) > 0)
        issues.push(issue(`${path}.weight`, 'track.range', { min, max }));
    }
    const own = plan.blocks.filter((block) => block.track === track.id);
    issues.push(...sumsTo(own, path, own.length === 0 ? 'track.empty' : 'weights.trackSum'));
  }
  for (const [b, { track }] of plan.blocks.entries()) {
    if (track === undefined) issues.push(issue(`blocks[${b}].track`, 'track.missing'));
    else if (!all.some(({ id }) => id === track)) issues.push(issue(`blocks[${b}].track`, 'track.unknown', { track }));
  }
  return issues;
}

type SumCode = 'weights.planSum' | 'weights.tracksSum' | 'weights.trackSum' | 'track.empty';

function sumsTo(parts: readonly { weight: string }[], path: string, code: SumCode): Issue[] {
  const total: Fraction = sum(parts.map(({ weight }) => fraction(weight)));
  return compare(total, hundred) === 0 ? [] : [issue(path, code, { sum: toDecimal(total) })];
}

export function positive(amount: string, path: string): Issue[] {
  return compare(fraction(amount), zero) > 0 ? [] : [issue(path, 'weight.notPositive')];
}
