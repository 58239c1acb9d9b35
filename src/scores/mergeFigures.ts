import type { MetricRow, MetricValue } from '../metrics/metricValue.ts';
import { figureOf } from '../metrics/metricValue.ts';
import { add, divide, fraction, multiply, toDecimal, zero } from './fraction.ts';
import type { PlanMetric } from './planMetric.ts';

/** The ratio of the sums of several teams' figures of one metric; never the mean of their ratios. */
export function mergeFigures(rows: readonly MetricRow[], metric: PlanMetric): MetricValue {
  const known = rows.filter(({ status }) => status !== 'noData');
  const [first] = known;
  if (!first) return { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };
  if (known.length === 1) return figureOf(first);
  const total = (of: 'numerator' | 'denominator') => known.reduce((sum, row) => add(sum, fraction(row[of])), zero);
  const n = known.reduce((sum, row) => sum + row.n, 0);
  const status = n < metric.minN ? 'lowSample' : 'ok';
  const numerator = total('numerator');
  if (isCount(first, metric)) {
    const text = toDecimal(numerator);
    return { status, value: text, numerator: text, denominator: '1', n };
  }
  const denominator = total('denominator');
  const value = multiply(divide(numerator, denominator), { n: timesOf(known, metric), d: 1n });
  return {
    ...{ status, value: toDecimal(value), numerator: toDecimal(numerator) },
    ...{ denominator: toDecimal(denominator), n },
  };
}

/** A count is its numerator, and says nothing by its denominator. */
export const isCount = ({ value, numerator, denominator }: MetricValue, { unit }: PlanMetric): boolean =>
  denominator === '1' && value === numerator && unit !== 'percent' && unit !== 'nps';

/** How many times numerator ÷ denominator the value is: 100 for a percentage, 8 for a load per eight hours, mostly 1. */
export function timesOf(figures: readonly MetricValue[], { unit }: PlanMetric): bigint {
  const telling = figures.find(({ numerator }) => Number(numerator) !== 0);
  if (!telling) return unit === 'percent' || unit === 'nps' ? 100n : 1n;
  return BigInt(Math.round((Number(telling.value) * Number(telling.denominator)) / Number(telling.numerator)));
}
