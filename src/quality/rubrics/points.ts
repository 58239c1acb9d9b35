import type { Rubric, RubricItem } from './rubricSchema.ts';

export const itemsOf = (rubric: Rubric): RubricItem[] => rubric.categories.flatMap(({ items }) => items);

/** Points as whole hundredths. */
export function hundredths(points: string): bigint {
  const [whole = '0', rest = ''] = points.split('.');
  return BigInt(whole) * 100n + BigInt(rest.padEnd(2, '0'));
}

/** Whole hundredths as text with two decimals. */
export function inPoints(value: bigint): string {
  return `${value / 100n}.${(value % 100n).toString().padStart(2, '0')}`;
}
