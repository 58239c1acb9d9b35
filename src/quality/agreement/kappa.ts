import { normalQuantile } from '../../metrics/intervalQuantiles.ts';
import type { Draw } from '../../metrics/seededDraws.ts';
import { type Agreement, withInterval } from './bootstrap.ts';

/** How much a disagreement by some categories still counts as agreement. */
export type Weighting = 'none' | 'linear' | 'quadratic';

export interface Kappa extends Agreement {
  readonly standardError: number;
}

/**
 * Cohen's kappa of two raters, or with weights the weighted one. `table[i][j]`: how many units the first rater put into category i and
 * the second into j, both in the same order. Null where chance alone agrees perfectly. Interval and standard error after Fleiss, Cohen
 * and Everitt 1969.
 */
export function cohenKappa(table: readonly (readonly number[])[], weighting: Weighting = 'none'): Kappa | null {
  const size = table.length;
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const share = (i: number, j: number) => (table[i]?.[j] ?? 0) / n;
  const each = Array.from({ length: size }, (_, i) => i);
  const rows = each.map((i) => each.reduce((sum, j) => sum + share(i, j), 0));
  const columns = each.map((j) => each.reduce((sum, i) => sum + share(i, j), 0));
  const row = (i: number) => rows[i] ?? 0;
  const column = (j: number) => columns[j] ?? 0;
  const weight = (i: number, j: number) => weightOf(weighting, Math.abs(i - j), size);
  const over = (term: (i: number, j: number) => number) =>
    each.reduce((sum, i) => sum + each.reduce((inner, j) => inner + term(i, j), 0), 0);
  const observed = over((i, j) => weight(i, j) * share(i, j));
  const chance = over((i, j) => weight(i, j) * row(i) * column(j));
  if (chance === 1) return null;
  const value = (observed - chance) / (1 - chance);
  const ofRow = each.map((i) => each.reduce((sum, j) => sum + weight(i, j) * column(j), 0));
  const ofColumn = each.map((j) => each.reduce((sum, i) => sum + weight(i, j) * row(i), 0));
  const scatter = over(
    (i, j) => share(i, j) * (weight(i, j) - ((ofRow[i] ?? 0) + (ofColumn[j] ?? 0)) * (1 - value)) ** 2,
  );
  const variance = (scatter - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  const reach = normalQuantile(0.975) * standardError;
  return { value, standardError, interval: [value - reach, Math.min(1, value + reach)], units: n };
}

function weightOf(weighting: Weighting, apart: number, size: number): number {
  switch (weighting) {
    case 'none':
      return apart === 0 ? 1 : 0;
    case 'linear':
      return size < 2 ? 1 : 1 - apart / (size - 1);
    case 'quadratic':
      return size < 2 ? 1 : 1 - (apart / (size - 1)) ** 2;
  }
}

/**
 * Two raters' values as a table over the scale, in rising order; left out: the categories that either gave. Weights go by place in the
 * table, so whoever weighs needs the whole scale. Units that one left out do not count.
 */
export function tableOf(
  pairs: readonly (readonly [number | null, number | null])[],
  scale?: readonly number[],
): number[][] {
  const both = pairs.filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const categories = scale ?? [...new Set(both.flat())].sort((a, b) => a - b);
  const place = new Map(categories.map((category, i) => [category, i]));
  const table = categories.map(() => categories.map(() => 0));
  for (const [first, second] of both) {
    const [i, j] = [place.get(first), place.get(second)];
    const counts = i === undefined ? undefined : table[i];
    // Left out it would make agreement look like something else.
    if (!counts || j === undefined) throw new RangeError(`${first} or ${second} is not on the scale`);
    counts[j] = (counts[j] ?? 0) + 1;
  }
  return table;
}

/**
 * Fleiss' kappa. Each row is a unit: how many raters chose each category, the same number of raters for all. Null where that does not
 * hold, with one rater, or where all chose one category.
 */
export function fleissKappa(rows: readonly (readonly number[])[]): number | null {
  const raters = rows[0]?.reduce((sum, count) => sum + count, 0) ?? 0;
  if (raters < 2 || rows.some((row) => row.reduce((sum, count) => sum + count, 0) !== raters)) return null;
  const all = rows.length * raters;
  const chosen = (rows[0] ?? []).map((_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0) / all);
  const chance = chosen.reduce((sum, share) => sum + share * share, 0);
  if (chance === 1) return null;
  const agreeing = rows.reduce((sum, row) => sum + row.reduce((inner, count) => inner + count * (count - 1), 0), 0);
  return (agreeing / (all * (raters - 1)) - chance) / (1 - chance);
}

export const fleissWithInterval = (rows: readonly (readonly number[])[], draw: Draw): Agreement | null =>
  withInterval(rows, fleissKappa, draw);
