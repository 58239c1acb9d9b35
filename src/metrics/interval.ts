import { binomialShare, gammaQuantile, normalQuantile, tQuantile } from './intervalQuantiles.ts';
import type { MetricDefinition } from './metricDefinition.ts';
import type { Draw } from './seededDraws.ts';

/** Exact sums over the observations of one figure: x is what each adds to the numerator, y to the denominator. */
export interface Spread {
  readonly n: number;
  readonly x: bigint;
  readonly y: bigint;
  readonly xx: bigint;
  readonly xy: bigint;
  readonly yy: bigint;
}

export const intervalMethods = ['wilson', 't', 'trinomial', 'poisson', 'orderStatistic', 'bootstrap'] as const;
export type IntervalMethod = (typeof intervalMethods)[number];

/** A two-sided 95% interval in the metric's unit, or why there is none. An aid to reading: no score is made from it. */
export type Interval =
  | { readonly method: IntervalMethod; readonly low: number; readonly high: number; readonly reason: null }
  | {
      readonly method: null;
      readonly low: null;
      readonly high: null;
      /** tooFew: spread cannot be told from one observation. alike: all observations equal, so it shows no spread. */
      readonly reason: 'noData' | 'tooFew' | 'alike';
    };

export const intervalLevel = 0.95;
const upper = (1 + intervalLevel) / 2;
const z = normalQuantile(upper);

/** Wilson's score interval of k successes in n trials, as shares. n need not be whole: clustered trials count as fewer. */
export function wilson(k: number, n: number): [number, number] {
  const share = k / n;
  const square = z * z;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const spread = (z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return [Math.max(0, middle - spread), Math.min(1, middle + spread)];
}

/** Garwood's exact interval of a Poisson mean, k events seen. */
export const poissonExact = (k: number): [number, number] => [
  k === 0 ? 0 : gammaQuantile(1 - upper, k),
  gammaQuantile(upper, k + 1),
];

type Unit = Pick<
  MetricDefinition,
  'unit' | 'form' | 'numeratorScale' | 'denominatorScale' | 'numeratorTimes' | 'scale'
>;

/** Percent of like by like: counts by counts, minutes by minutes; the like for a net promoter score. */
const isShare = ({ numeratorScale, denominatorScale, unit }: Unit): boolean =>
  numeratorScale === denominatorScale && (unit === 'percent' || unit === 'nps');

/** Money by money, minutes by minutes: amounts, not successes; one may be below nothing or above all. */
const isOfAmounts = (metric: Unit): boolean => isShare(metric) && metric.numeratorScale !== 1;

/** The least and the greatest that a figure can be, in the metric's unit. */
export function scaleOf(metric: Unit): readonly [number, number] {
  if (isOfAmounts(metric)) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const { unit, scale } = metric;
  if (unit === 'nps') return [-100, 100];
  return scale ?? [0, unit === 'percent' ? 100 : Number.POSITIVE_INFINITY];
}

/** What Σx ÷ Σy of integers is multiplied with to be the metric's value. */
export const unitFactor = (metric: Unit): number =>
  ((isShare(metric) ? 100 : 1) * metric.numeratorTimes * metric.denominatorScale) / metric.numeratorScale;

/**
 * What the observations of a figure are. share: each a success or not. clustered: successes among several that belong together
 * (turns of a session). events: counted beside the exposure, none of them one of its observations (complaints beside sessions).
 */
export type Nature = 'count' | 'share' | 'clustered' | 'events' | 'trinomial' | 'mean';

export function natureOf(metric: Unit, { x, y, xx, xy, yy }: Spread): Nature {
  if (metric.form === 'count') return 'count';
  if (metric.unit === 'nps') return 'trinomial';
  if (!isShare(metric) || isOfAmounts(metric) || x < 0n) return 'mean';
  if (xx === x && yy === y && xy === x) return 'share';
  if (xy === 0n) return 'events';
  return x <= y && xx <= xy ? 'clustered' : 'mean';
}

/** How sure one figure is. The method follows from what its observations are. */
export function intervalOf(metric: Unit, spread: Spread): Interval {
  const { n, x, y } = spread;
  if (n === 0 || y === 0n) return none('noData');
  const factor = unitFactor(metric);
  const nature = natureOf(metric, spread);
  switch (nature) {
    case 'count':
      return given('poisson', poissonExact((Number(x) * metric.numeratorTimes) / metric.numeratorScale), 1, metric);
    case 'share':
      return given('wilson', wilson(Number(x), Number(y)), factor, metric);
    case 'events': {
      const [low, high] = poissonExact(Number(x));
      return given('poisson', [low / Number(y), high / Number(y)], factor, metric);
    }
    case 'clustered': {
      if (n < 2) return none('tooFew');
      const share = Number(x) / Number(y);
      const error = standardError(spread);
      // Turns of one session resemble each other: they tell as much as fewer independent ones would.
      const trials = error > 0 ? (share * (1 - share)) / error ** 2 : n;
      return given('wilson', wilson(share * trials, trials), factor, metric);
    }
    case 'trinomial':
    case 'mean': {
      if (n < 2) return none('tooFew');
      const error = standardError(spread);
      if (error === 0) return none('alike');
      const ratio = Number(x) / Number(y);
      const width = (nature === 'trinomial' ? z : tQuantile(upper, n - 1)) * error;
      const method = nature === 'trinomial' ? 'trinomial' : 't';
      return given(method, [ratio - width, ratio + width], factor, metric);
    }
  }
}

/** Observations of each size, ascending, in integer units of the metric. */
type Histogram = readonly { readonly value: number; readonly count: number }[];

/**
 * Of a percentile: the two observations between which it lies, whatever the distribution (Conover, Practical Nonparametric Statistics,
 * 3.2). Too few where one of the two would lie beyond the least or the greatest observation.
 */
export function percentileInterval(metric: Unit, histogram: Histogram, percentile: number): Interval {
  const n = histogram.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return none('noData');
  const p = percentile / 100;
  // So many observations lie below the percentile: k or fewer with this probability.
  const reaches = (level: number) => leastWhere(n, (k) => binomialShare(k, n, p) >= level);
  const [low, high] = [reaches(1 - upper), reaches(upper) + 1];
  if (low < 1 || high > n) return none('tooFew');
  const value = (rank: number) => {
    let seen = 0;
    for (const { value, count } of histogram) {
      seen += count;
      if (seen >= rank) return value;
    }
    throw new RangeError('a rank beyond all observations');
  };
  return given('orderStatistic', [value(low), value(high)], unitFactor(metric), metric);
}

/** The least k from 0 to n of which it holds; it holds of all greater ones. */
function leastWhere(n: number, holds: (k: number) => boolean): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const resamples = 2000;

/**
 * Of the swing between days: days drawn again and again with replacement, by a seeded lot, and the middle 95% of the swings they give.
 * `ratios` are the days' figures.
 */
export function volatilityInterval(ratios: readonly number[], draw: Draw): Interval {
  if (ratios.length === 0) return none('noData');
  if (ratios.length < 2) return none('tooFew');
  if (ratios.every((ratio) => ratio === ratios[0])) return none('alike');
  const swings = Array.from({ length: resamples }, () =>
    swingOf(ratios.map(() => ratios[Math.floor(draw() * ratios.length)] as number)),
  ).sort((a, b) => a - b);
  const at = (share: number) => swings[Math.round(share * (resamples - 1))] as number;
  return { method: 'bootstrap', low: at(1 - upper), high: at(upper), reason: null };
}

/** Population standard deviation ÷ mean, in percent. */
function swingOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (mean === 0) return 0;
  return (100 * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)) / mean;
}

const none = (reason: 'noData' | 'tooFew' | 'alike'): Interval => ({ method: null, low: null, high: null, reason });

function given(method: IntervalMethod, [low, high]: [number, number], factor: number, metric: Unit): Interval {
  const [floor, ceiling] = scaleOf(metric);
  return {
    method,
    low: Math.max(floor, low * factor),
    // A share of events beside the exposure may exceed 100%; only shares of observations are cut there.
    high: method === 'poisson' ? high * factor : Math.min(ceiling, high * factor),
    reason: null,
  };
}

/**
 * Standard error of Σx ÷ Σy, in integer units: √(n ÷ (n − 1) · Σ(x − R·y)²) ÷ Σy (Cochran, Sampling Techniques, 6.3; the mean's
 * s ÷ √n where every y is 1). The sum is exact until the root, as Σx² − R²·Σy² in floats would lose what matters.
 */
export function standardError({ n, x, y, xx, xy, yy }: Spread): number {
  const scaled = xx * y * y - 2n * x * y * xy + x * x * yy;
  return Math.sqrt((n / (n - 1)) * quotient(scaled, y * y)) / Number(y);
}

/** a ÷ b of integers too large for a float, to sixteen digits or more. */
function quotient(a: bigint, b: bigint): number {
  const digits = BigInt(Math.max(0, b.toString().length - a.toString().length + 20));
  return Number((a * 10n ** digits) / b) / Number(10n ** digits);
}
