import { fraction, multiply, toFixed } from './fraction.ts';
import type { Plan } from './planSchema.ts';

/** What a month of somebody's pay is, in fen, as it holds at the period's end; null where it is not on record. */
export interface PayBase {
  readonly salaryFen: bigint | null;
  /** The part of it that depends on performance; null: the whole. */
  readonly performanceFen: bigint | null;
}

export const noPayBase: PayBase = { salaryFen: null, performanceFen: null };

/** What a grade is paid by: months of salary once, with the year's card, or a coefficient each month. */
type PaidAs = NonNullable<Plan['pays']>;

/** How a card of this kind of period pays its grade; null where it pays nothing: a longer period pays nothing again. */
export function paidAs(
  { pays = 'monthly' }: Pick<Plan, 'pays'>,
  kind: 'month' | 'quarter' | 'year' | 'days',
): PaidAs | null {
  return kind === (pays === 'yearEndMonths' ? 'year' : 'month') ? pays : null;
}

/** The monthly amount that a grade is multiplied with; null where it is not on record. */
export const gradeBase = (as: PaidAs, { salaryFen, performanceFen }: PayBase): bigint | null =>
  as === 'yearEndMonths' ? salaryFen : (performanceFen ?? salaryFen);

/**
 * What a grade pays, in integer fen, rounded half up: the coefficient times the monthly amount. For a plan of year-end months that
 * amount is the monthly salary, for others the pay that depends on performance. Null while the coefficient is not given.
 */
export function gradePay(coefficient: string | null, monthlyFen: bigint): bigint | null {
  if (coefficient === null) return null;
  return BigInt(toFixed(multiply(fraction(coefficient), { n: monthlyFen, d: 1n }), 0));
}
