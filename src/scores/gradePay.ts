import { fraction, multiply, toFixed } from './fraction.ts';
import type { Plan } from './planSchema.ts';

/**
 * What a grade pays, in integer fen, rounded half up: the coefficient times the monthly amount. For a plan of year-end months that
 * amount is the monthly salary, for others the pay that depends on performance. Null while the coefficient is not given.
 */
export function gradePay(coefficient: string | null, monthlyFen: bigint): bigint | null {
  if (coefficient === null) return null;
  return BigInt(toFixed(multiply(fraction(coefficient), { n: monthlyFen, d: 1n }), 0));
}

/** The plan with the coefficients of one of its presets; the other bands keep theirs. */
export function withPreset(plan: Plan, id: string): Plan {
  const preset = plan.presets?.find((each) => each.id === id);
  if (!preset) throw new RangeError(`no preset ${id}`);
  const bands = plan.bands.map((band) => ({ ...band, coefficient: preset.coefficients[band.id] ?? band.coefficient }));
  return { ...plan, bands };
}
