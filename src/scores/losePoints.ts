import type { MetricValue } from '../metrics/metricValue.ts';
import { attain, reaches } from './attain.ts';
import { compare, divide, type Fraction, fraction, multiply, one, subtract, zero } from './fraction.ts';
import type { ResolvedItem } from './resolvePlan.ts';

/**
 * The attainment of an item from its figure, by its curve or by its rule for small samples. What loses points loses them from
 * the item's full mark as the plan writes it. Items with deductions are not told by their figure: 1 here, deduct.ts charges.
 */
export function attainByFigure(
  item: Pick<ResolvedItem, 'curve' | 'better' | 'full' | 'smallSample'>,
  figure: MetricValue,
  value: Fraction,
  target: Fraction,
  scale: Fraction,
): Fraction {
  const { curve, better, full, smallSample } = item;
  if (smallSample.mode === 'deduct') {
    const many = figure.n > Number(smallSample.above);
    const lost = many
      ? multiply(fullPoints(better, value, target, one), fraction(smallSample.perPoint))
      : multiply(badOnes(better, figure), fraction(smallSample.perBad));
    return left(full, lost);
  }
  switch (curve.curve) {
    case 'perPoint':
      return left(full, multiply(fullPoints(better, value, target, fraction(curve.each)), fraction(curve.loses)));
    case 'perOccurrence':
      return left(full, multiply(badOnes(better, figure), fraction(curve.loses)));
    case 'deductions':
      return one;
    default:
      return attain(curve, better, value, target, scale);
  }
}

/** What is left of a full mark, as a share of it; never below nothing. */
export function left(full: Fraction, lost: Fraction): Fraction {
  return compare(lost, full) >= 0 ? zero : divide(subtract(full, lost), full);
}

/** How many whole steps the value misses the target by. */
function fullPoints(better: 'higher' | 'lower', value: Fraction, target: Fraction, each: Fraction): Fraction {
  if (reaches(better, value, target)) return zero;
  const gap = divide(better === 'higher' ? subtract(target, value) : subtract(value, target), each);
  return { n: gap.n / gap.d, d: 1n };
}

/** Of a rate to raise, those that are missing from the numerator; of one to lower and of a count, the numerator. */
function badOnes(better: 'higher' | 'lower', { numerator, denominator }: MetricValue): Fraction {
  return better === 'higher' ? subtract(fraction(denominator), fraction(numerator)) : fraction(numerator);
}
