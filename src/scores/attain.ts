import { add, compare, divide, type Fraction, fraction, min, multiply, one, subtract, zero } from './fraction.ts';
import type { Curve } from './planSchema.ts';

const passShare = fraction('0.8');
const fullShare = subtract(one, passShare);

/** Curves that look at the value alone; the others count what went wrong (losePoints.ts, deduct.ts). */
export type ValueCurve = Exclude<Curve, { curve: 'perPoint' | 'perOccurrence' | 'deductions' }>;

/**
 * The share of the target that was met, 0..1, exact; no credit past the target, nothing below 0.
 * `scale` is what relaxed days do to the target: it moves the other marks of the curve along.
 */
export function attain(
  curve: ValueCurve,
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
    case 'table': {
      const row = curve.rows.find(
        ({ below }) => below === undefined || compare(value, multiply(fraction(below), scale)) < 0,
      );
      return row ? fraction(row.gives) : zero;
    }
  }
}

function ratio(better: 'higher' | 'lower', value: Fraction, target: Fraction): Fraction {
  if (reaches(better, value, target)) return one;
  // Not reached: a higher-is-better target is above 0 by validation, a lower-is-better value above its target is too.
  if (better === 'higher') return value.n <= 0n ? zero : min(one, divide(value, target));
  return divide(target, value);
}

/** The same ratio with credit past the target, for what has a cap of its own. A value of 0 where lower is better counts as 1. */
export function uncappedRatio(better: 'higher' | 'lower', value: Fraction, target: Fraction): Fraction {
  if (better === 'higher') return target.n === 0n || value.n <= 0n ? zero : divide(value, target);
  return value.n <= 0n ? one : divide(target, value);
}

export const reaches = (better: 'higher' | 'lower', value: Fraction, mark: Fraction): boolean =>
  better === 'higher' ? compare(value, mark) >= 0 : compare(value, mark) <= 0;

const between = (value: Fraction, from: Fraction, to: Fraction): Fraction =>
  divide(subtract(value, from), subtract(to, from));
