import { add, compare, divide, type Fraction, fraction, min, multiply, one, subtract, zero } from './fraction.ts';
import type { Curve } from './planSchema.ts';

const passShare = fraction('0.8');
const fullShare = subtract(one, passShare);

/**
 * The share of the target that was met, 0..1, exact; no credit past the target, nothing below 0.
 * `scale` is what relaxed days do to the target: it moves the other marks of the curve along.
 */
export function attain(
  curve: Curve,
  better: 'higher' | 'lower',
  value: Fraction,
  target: Fraction,
  scale: Fraction = one,
): Fraction {
  switch (curve.curve) {
    case 'ratio':
      return ratio(better, value, target);
    case 'range': {
      const pass = multiply(fraction(curve.pass), scale);
      if (reaches(better, value, target)) return one;
      if (!reaches(better, value, pass)) return multiply(passShare, ratio(better, value, pass));
      return add(passShare, multiply(fullShare, between(value, pass, target)));
    }
    case 'linear': {
      const floor = multiply(fraction(curve.floor), scale);
      if (reaches(better, value, target)) return one;
      return reaches(better, value, floor) ? between(value, floor, target) : zero;
    }
    case 'step': {
      const step = curve.steps.find(({ at }) => reaches(better, value, multiply(fraction(at), scale)));
      return step ? fraction(step.gives) : zero;
    }
  }
}

function ratio(better: 'higher' | 'lower', value: Fraction, target: Fraction): Fraction {
  if (reaches(better, value, target)) return one;
  // Not reached: a higher-is-better target is above 0 by validation, a lower-is-better value above its target is too.
  if (better === 'higher') return value.n <= 0n ? zero : min(one, divide(value, target));
  return divide(target, value);
}

const reaches = (better: 'higher' | 'lower', value: Fraction, mark: Fraction): boolean =>
  better === 'higher' ? compare(value, mark) >= 0 : compare(value, mark) <= 0;

const between = (value: Fraction, from: Fraction, to: Fraction): Fraction =>
  divide(subtract(value, from), subtract(to, from));
