import { fraction, subtract, toFixed } from '../../scores/fraction.ts';

/** after − before, to four decimals; null where either is missing. */
export function differenceOf(after: string | null, before: string | null): string | null {
  return after === null || before === null ? null : toFixed(subtract(fraction(after), fraction(before)), 4);
}
