import { tQuantile } from '../../metrics/intervalQuantiles.ts';

/** What was found in one stratum: how many there are, and the values of those looked at. */
export interface Looked {
  readonly population: number;
  readonly values: readonly number[];
}

export interface Estimate {
  /** Over the population, each value weighted by what it stands for: population ÷ looked at of its stratum (Hájek). */
  readonly mean: number;
  /** 95%, by t; null where no stratum has two values to tell their scatter from. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The plain mean of the values, to compare: it is off where some parts were looked at more than others. */
  readonly unweighted: number;
  readonly looked: number;
  readonly population: number;
  /** Share of the population whose stratum was looked at; the estimate speaks for these only. */
  readonly covered: number;
}

/**
 * The mean over a population from a stratified sample. Variance with the finite population correction; a stratum with a single value
 * takes the pooled variance of the others. Null while nothing was looked at. Source: Cochran 1977, ch. 5.
 */
export function estimateMean(strata: readonly Looked[]): Estimate | null {
  const seen = strata.filter(({ values }) => values.length > 0);
  const all = seen.flatMap(({ values }) => values);
  if (all.length === 0) return null;
  const population = strata.reduce((sum, each) => sum + each.population, 0);
  const reached = seen.reduce((sum, each) => sum + each.population, 0);
  const mean = seen.reduce((sum, each) => sum + each.population * meanOf(each.values), 0) / reached;
  return {
    mean,
    interval: intervalOf(seen, reached, mean),
    unweighted: meanOf(all),
    looked: all.length,
    population,
    covered: reached / population,
  };
}

function intervalOf(seen: readonly Looked[], reached: number, mean: number): [number, number] | null {
  const degrees = seen.reduce((sum, { values }) => sum + values.length - 1, 0);
  // Where everything was looked at there is nothing to guess.
  const isWhole = seen.every(({ population, values }) => population === values.length);
  if (isWhole) return [mean, mean];
  if (degrees === 0) return null;
  const pooled = seen.reduce((sum, { values }) => sum + scatterOf(values), 0) / degrees;
  const variance = seen.reduce((sum, { population, values }) => {
    const n = values.length;
    const within = n > 1 ? scatterOf(values) / (n - 1) : pooled;
    return sum + (population / reached) ** 2 * (1 - n / population) * (within / n);
  }, 0);
  const reach = tQuantile(0.975, degrees) * Math.sqrt(variance);
  return [mean - reach, mean + reach];
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function scatterOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
