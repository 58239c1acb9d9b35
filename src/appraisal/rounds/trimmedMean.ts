import { compare, divide, type Fraction, fraction, sum } from '../../scores/fraction.ts';

const trimmedFrom = 5;

/** The mean; of five or more without one highest and one lowest. null of nothing. */
export function trimmedMean(values: readonly Fraction[]): Fraction | null {
  if (values.length === 0) return null;
  const inOrder = [...values].sort(compare);
  const kept = inOrder.length < trimmedFrom ? inOrder : inOrder.slice(1, -1);
  return divide(sum(kept), fraction(String(kept.length)));
}
