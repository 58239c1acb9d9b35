import { tQuantile } from '../../metrics/intervalQuantiles.ts';

/** What one person gave another in one item. */
export interface Rating {
  readonly item: string;
  readonly rater: string;
  readonly agentId: string;
  readonly value: number;
}

/** How one person's ratings of an item compare with everybody else's of the same item. */
export interface Leniency {
  readonly item: string;
  readonly rater: string;
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly othersN: number;
  readonly othersMean: number;
  /** mean − othersMean, with a 95% interval (Welch); null where one side has fewer than two, or no spread at all. */
  readonly difference: number;
  readonly interval: readonly [low: number, high: number] | null;
  /** After shifting and scaling this person's ratings to everybody's mean and spread; shown, never applied. */
  readonly normalisedMean: number;
  /** The largest change that would make to one of them. */
  readonly largestChange: number;
}

const fewest = 3;
const [lowest, highest] = [0, 100];

/**
 * Leniency between raters, before and after a normalisation, item by item: the most lenient first. Who rated fewer than three people
 * in an item is left out, and so is an item that only one person rated: there is nothing to compare with.
 */
export function leniencyOf(ratings: readonly Rating[]): Leniency[] {
  const items = new Map<string, Rating[]>();
  for (const rating of ratings) items.set(rating.item, [...(items.get(rating.item) ?? []), rating]);
  return [...items]
    .flatMap(([item, all]) => {
      const raters = [...new Set(all.map(({ rater }) => rater))].filter(
        (rater) => all.filter((each) => each.rater === rater).length >= fewest,
      );
      return raters.length < 2 ? [] : raters.map((rater) => one(item, rater, all));
    })
    .sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : b.difference - a.difference));
}

function one(item: string, rater: string, all: readonly Rating[]): Leniency {
  const own = all.filter((each) => each.rater === rater).map(({ value }) => value);
  const others = all.filter((each) => each.rater !== rater).map(({ value }) => value);
  const after = normalised(
    own,
    all.map(({ value }) => value),
  );
  return {
    ...{ item, rater, n: own.length, mean: mean(own), median: median(own) },
    ...{ othersN: others.length, othersMean: mean(others), difference: mean(own) - mean(others) },
    interval: welch(own, others),
    normalisedMean: mean(after),
    largestChange: after.reduce((most, value, i) => Math.max(most, Math.abs(value - (own[i] ?? value))), 0),
  };
}

/** Each value moved by the difference of the means and stretched by the ratio of the spreads, within the scale. Without a spread only moved. */
export function normalised(own: readonly number[], all: readonly number[]): number[] {
  const [m, s] = [mean(own), Math.sqrt(variance(own))];
  const stretch = s > 0 ? Math.sqrt(variance(all)) / s : 1;
  return own.map((value) => Math.min(highest, Math.max(lowest, mean(all) + (value - m) * stretch)));
}

/** Welch's interval of the difference of two means. */
function welch(a: readonly number[], b: readonly number[]): readonly [number, number] | null {
  if (a.length < 2 || b.length < 2) return null;
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  if (va + vb === 0) return null;
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const width = tQuantile(0.975, freedom) * Math.sqrt(va + vb);
  const difference = mean(a) - mean(b);
  return [difference - width, difference + width];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[half - 1] ?? Number.NaN, sorted[half] ?? Number.NaN];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.length < 2 ? 0 : values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
