import type { MetricValue } from '../metrics/metricValue.ts';
import { divide, type Fraction, fraction, multiply } from './fraction.ts';

const hundred = fraction('100');

/**
 * The figure without the rounding of its text: 7/3 instead of 2.333…, so that nothing is lost before a score is rounded.
 * A quotient that ends is taken as written. Null without data.
 */
export function exactValue(figure: MetricValue): Fraction | null {
  if (figure.status === 'noData') return null;
  if (figure.value.length < 30) return fraction(figure.value);
  // A rate's value is in percent while its numerator is a count, so the factor is 100 there and 1 elsewhere.
  const factor = (Number(figure.value) * Number(figure.denominator)) / Number(figure.numerator);
  if (isClose(factor, 100)) return multiply(divide(fraction(figure.numerator), fraction(figure.denominator)), hundred);
  if (isClose(factor, 1)) return divide(fraction(figure.numerator), fraction(figure.denominator));
  return fraction(figure.value);
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9 * b;
