import { Decimal } from 'decimal.js';
import type { MetricDefinition } from './metricDefinition.ts';
import type { MetricValue } from './metricValue.ts';

const Exact = Decimal.clone({ precision: 60 });
const digits = 34;

/** A day's sums of integers. */
export interface DaySums {
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * Population standard deviation of the days' ratios ÷ their mean, in percent; each day weighs the same. The numerator is the deviation and
 * the denominator the mean, in the unit of a day's ratio; n is the number of days. noData without a day, or where the mean is 0.
 */
export function volatilityOf(
  { numeratorScale, denominatorScale, minN }: Pick<MetricDefinition, 'numeratorScale' | 'denominatorScale' | 'minN'>,
  days: readonly DaySums[],
): MetricValue {
  const ratios = days
    .filter(({ denominator }) => denominator !== '0')
    .map(({ numerator, denominator }) =>
      new Exact(numerator).times(denominatorScale).div(new Exact(denominator).times(numeratorScale)),
    );
  const mean = sum(ratios).div(Math.max(1, ratios.length));
  if (mean.isZero()) return { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };
  const variance = sum(ratios.map((ratio) => ratio.minus(mean).pow(2))).div(ratios.length);
  const deviation = variance.sqrt();
  const told = (value: Decimal) => value.toSignificantDigits(digits).toFixed();
  return {
    status: ratios.length < minN ? 'lowSample' : 'ok',
    value: told(deviation.times(100).div(mean)),
    numerator: told(deviation),
    denominator: told(mean),
    n: ratios.length,
  };
}

const sum = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), new Exact(0));
