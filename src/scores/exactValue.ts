import type { MetricValue } from '../metrics/metricValue.ts';
import { compare, divide, type Fraction, fraction, multiply, subtract } from './fraction.ts';

const hundred = fraction('100');
const one = fraction('1');
const closeness = fraction(`0.${'0'.repeat(24)}1`);

/**
 * The figure without the rounding of its text: 7/3 instead of 2.333…, so that nothing is lost before a score is rounded.
 * A quotient that ends is taken as written. Null without data.
 */
export function exactValue(figure: MetricValue): Fraction | null {
  if (figure.status === 'noData') return null;
  const written = fraction(figure.value);
  if (figure.value.replace(/[-.]/g, '').length < 30) return written;
  const denominator = fraction(figure.denominator);
  if (denominator.n === 0n) return written;
  const quotient = divide(fraction(figure.numerator), denominator);
  // A rate's value is in percent while its numerator is a count, so the factor is 100 there and 1 elsewhere.
  for (const factor of [hundred, one]) {
    const candidate = multiply(quotient, factor);
    if (isClose(candidate, written)) return candidate;
  }
  return written;
}

function isClose(a: Fraction, b: Fraction): boolean {
  const difference = subtract(a, b);
  return compare({ n: difference.n < 0n ? -difference.n : difference.n, d: difference.d }, closeness) < 0;
}
