import { fraction, isFraction, multiply, toFixed } from './fraction.ts';
import type { Plan } from './planSchema.ts';

/** What a month of somebody's pay is, in fen, as it holds at the period's end; null where it is not on record. */
export interface PayBase {
  readonly salaryFen: bigint | null;
  /** The part of it that depends on performance; null: the whole; unusable: what is on record is no amount, or more than the salary. */
  readonly performanceFen: bigint | null | 'unusable';
}

export const noPayBase: PayBase = { salaryFen: null, performanceFen: null };

/** Yuan as somebody wrote them. What is no amount, or more than the salary, never counts as "the whole salary", which is what none means. */
export function payBase(salaryFen: bigint | null, yuan: string): PayBase {
  const text = yuan.trim();
  if (text === '') return { salaryFen, performanceFen: null };
  if (!/^\d/.test(text) || !isFraction(text)) return { salaryFen, performanceFen: 'unusable' };
  const fen = BigInt(toFixed(multiply(fraction(text), { n: 100n, d: 1n }), 0));
  return { salaryFen, performanceFen: salaryFen !== null && fen > salaryFen ? 'unusable' : fen };
}

/** What a grade is paid by: months of salary once, with the year's card, or a coefficient each month. */
type PaidAs = NonNullable<Plan['pays']>;

/** How a card of this kind of period pays its grade; null where it pays nothing: a longer period pays nothing again. */
export function paidAs(
  { pays = 'monthly' }: Pick<Plan, 'pays'>,
  kind: 'month' | 'quarter' | 'year' | 'days',
): PaidAs | null {
  return kind === (pays === 'yearEndMonths' ? 'year' : 'month') ? pays : null;
}

/** The monthly amount that a grade is multiplied with; null where it is not on record, or cannot be what is there. */
export const gradeBase = (as: PaidAs, { salaryFen, performanceFen }: PayBase): bigint | null =>
  as === 'yearEndMonths' ? salaryFen : performanceFen === 'unusable' ? null : (performanceFen ?? salaryFen);

/**
 * What a grade pays, in integer fen, rounded half up: the coefficient times the monthly amount. For a plan of year-end months that
 * amount is the monthly salary, for others the pay that depends on performance. Null while the coefficient is not given.
 */
export function gradePay(coefficient: string | null, monthlyFen: bigint): bigint | null {
  if (coefficient === null) return null;
  return BigInt(toFixed(multiply(fraction(coefficient), { n: monthlyFen, d: 1n }), 0));
}
