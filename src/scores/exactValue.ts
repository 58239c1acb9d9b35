import type { MetricValue } from '../metrics/metricValue.ts';
import { divide, type Fraction, fraction, multiply, toFixed } from './fraction.ts';

const hundred = fraction('100');
const millisecondsPerHour = 3_600_000n;
const manyDecimals = 10n ** 30n;

/**
 * The figure without the rounding of its text: 7/3 instead of 2.333…, so that nothing is lost before a score is rounded.
 * A quotient that ends is taken as written. Null without data.
 */
export function exactValue(figure: MetricValue): Fraction | null {
  if (figure.status === 'noData') return null;
  if (figure.value.length < 30) return fraction(figure.value);
  // A rate's value is in percent while its numerator is a count, so the factor is 100 there and 1 elsewhere.
  const factor = (Number(figure.value) * Number(figure.denominator)) / Number(figure.numerator);
  if (!isClose(factor, 1) && !isClose(factor, 100)) return fraction(figure.value);
  const quotient = divide(wholeMilliseconds(figure.numerator), fraction(figure.denominator));
  return isClose(factor, 100) ? multiply(quotient, hundred) : quotient;
}

/** Times are sums of whole milliseconds; told in hours or minutes such a sum need not end, and its text was cut off. */
function wholeMilliseconds(text: string): Fraction {
  const written = fraction(text);
  if (written.d < manyDecimals) return written;
  const n = (2n * written.n * millisecondsPerHour + written.d) / (2n * written.d);
  const exact = { n, d: millisecondsPerHour };
  return toFixed(exact, 30) === toFixed(written, 30) ? exact : written;
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9 * b;
