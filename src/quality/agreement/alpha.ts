import type { Draw } from '../../metrics/seededDraws.ts';
import { type Agreement, withInterval } from './bootstrap.ts';

/** What of two values counts as their distance: whether they differ, how many ranks lie between, or their difference squared. */
export type Scale = 'nominal' | 'ordinal' | 'interval';

/** What several raters gave to one unit, in any order; null where a rater gave nothing. */
export type Unit = readonly (number | null)[];

/**
 * Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives, below 0 worse than chance. Units with fewer than two values are
 * left out; null where fewer than two values remain or all are the same. Source: Krippendorff 2011, by units and values.
 */
export function krippendorffAlpha(units: readonly Unit[], scale: Scale): number | null {
  const pairable = pairableOf(units);
  const all = pairable.flat();
  if (all.length < 2) return null;
  const distance = scale === 'nominal' ? differing : squared;
  const placed = scale === 'ordinal' ? midranksOf(all) : null;
  const valued = placed ? pairable.map((unit) => unit.map((value) => rankOf(placed, value))) : pairable;
  const expected = distance(valued.flat()) / (all.length - 1);
  if (expected === 0) return null;
  const observed = valued.reduce((sum, unit) => sum + distance(unit) / (unit.length - 1), 0);
  return 1 - observed / expected;
}

export const alphaWithInterval = (units: readonly Unit[], scale: Scale, draw: Draw): Agreement | null =>
  withInterval(pairableOf(units), (drawn) => krippendorffAlpha(drawn, scale), draw);

function pairableOf(units: readonly Unit[]): number[][] {
  return units.map((unit) => unit.filter((value) => value !== null)).filter((unit) => unit.length >= 2);
}

/** Over all ordered pairs of the values: how many differ. */
function differing(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let same = 0;
  for (const count of counts.values()) same += count * count;
  return values.length * values.length - same;
}

/** Over all ordered pairs of the values: the sum of their differences squared. */
function squared(values: readonly number[]): number {
  // About their mean, so that large values lose no digits.
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return 2 * values.length * values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Every value was ranked: one without a rank would be a defect here, not a rank of 0. */
function rankOf(ranks: ReadonlyMap<number, number>, value: number): number {
  const rank = ranks.get(value);
  if (rank === undefined) throw new RangeError(`${value} has no rank`);
  return rank;
}

/** The ordinal distance of two values is the squared difference of their mid-ranks among all values given. */
function midranksOf(values: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    ranks.set(value, below + count / 2);
    below += count;
  }
  return ranks;
}
