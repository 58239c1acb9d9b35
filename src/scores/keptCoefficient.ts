import { type Fraction, fraction, toDecimal, toFixed } from './fraction.ts';

/** A coefficient as it is kept and paid by: rounded half up once, to four places. */
export const keptCoefficient = (coefficient: Fraction): string => toDecimal(fraction(toFixed(coefficient, 4)));
