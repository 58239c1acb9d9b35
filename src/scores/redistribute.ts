import { compare, divide, type Fraction, multiply, one, sum, toDecimal, zero } from './fraction.ts';
import type { Measured } from './measure.ts';
import type { ResolvedBlock } from './resolvePlan.ts';
import type { Step } from './scorecard.ts';

export interface MeasuredBlock {
  readonly block: ResolvedBlock;
  readonly items: readonly Measured[];
}

interface Group {
  readonly weight: Fraction;
  readonly alive: boolean;
}

export const weigh = (items: readonly Measured[]): Fraction => sum(items.map(({ item }) => item.weight));
const isAlive = (items: readonly Measured[]): boolean => items.some(({ attainment }) => attainment !== null);

/**
 * By how much each item's weight grows because others give no score: first within its pair, then its block, then its track, then
 * the plan. A group keeps its whole weight as long as anything in it gives a score, so Σ effective weights is Σ weights again.
 */
export function redistribute(blocks: readonly MeasuredBlock[], steps: Step[]): (measured: Measured) => Fraction {
  const all = blocks.map(({ block, items }) => ({ block, items: items.filter(({ item }) => !item.bonus) }));
  if (all.every(({ items }) => items.every(({ attainment }) => attainment !== null))) return () => one;
  const groups = all.map(({ block, items }) => ({ block, items, alive: isAlive(items), weight: weigh(items) }));
  const tracks = new Map<string, Group[]>();
  for (const group of groups) {
    const key = group.block.track ?? '';
    tracks.set(key, [...(tracks.get(key) ?? []), group]);
  }
  const overTracks = growth(
    [...tracks.values()].map((own) => ({
      weight: sum(own.map(({ weight }) => weight)),
      alive: own.some(({ alive }) => alive),
    })),
  );
  const lifts = new Map<Measured, Fraction>();
  for (const { block, items } of groups) {
    const siblings = tracks.get(block.track ?? '') ?? [];
    const ofBlock = multiply(growth(siblings), overTracks);
    const pairs = pairsOf(items);
    const ofPairs = multiply(growth(pairs.map((pair) => ({ weight: weigh(pair), alive: isAlive(pair) }))), ofBlock);
    for (const pair of pairs) {
      const own = growth(pair.map(({ item, attainment }) => ({ weight: item.weight, alive: attainment !== null })));
      for (const each of pair) lifts.set(each, multiply(own, ofPairs));
    }
    tell(
      block.id,
      items,
      pairs,
      steps,
      siblings.some(({ alive }) => alive),
    );
  }
  return (measured) => lifts.get(measured) ?? zero;
}

/** Whole weight ÷ weight of what is left; 0 where nothing is. */
function growth(groups: readonly Group[]): Fraction {
  const left = sum(groups.filter(({ alive }) => alive).map(({ weight }) => weight));
  const all = sum(groups.map(({ weight }) => weight));
  return compare(left, all) === 0 ? one : left.n === 0n ? zero : divide(all, left);
}

/** Items of one pair together, every other item by itself. */
function pairsOf(items: readonly Measured[]): Measured[][] {
  const pairs: Measured[][] = [];
  const byName = new Map<string, Measured[]>();
  for (const each of items) {
    const { pair } = each.item;
    const known = pair === null ? undefined : byName.get(pair);
    if (known) known.push(each);
    else {
      const own = [each];
      pairs.push(own);
      if (pair !== null) byName.set(pair, own);
    }
  }
  return pairs;
}

function tell(
  block: string,
  items: readonly Measured[],
  pairs: readonly (readonly Measured[])[],
  steps: Step[],
  trackAlive: boolean,
): void {
  const say = (silent: readonly Measured[], to: Extract<Step, { kind: 'redistribute' }>['to']) => {
    if (silent.length === 0) return;
    const missing = silent.map(({ item }) => item.id);
    steps.push({ kind: 'redistribute', block, missing, weight: toDecimal(weigh(silent)), to });
  };
  const silent = (some: readonly Measured[]) => some.filter(({ attainment }) => attainment === null);
  for (const pair of pairs) if (isAlive(pair)) say(silent(pair), 'pair');
  const rest = pairs.filter((pair) => !isAlive(pair)).flat();
  say(rest, isAlive(items) ? 'block' : trackAlive ? 'otherBlocks' : 'otherTracks');
}
