import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exactQuotient } from './exactQuotient.ts';

const Wide = Decimal.clone({ precision: 120 });
const byDecimal = (p: bigint, q: bigint, digits: number) =>
  new Wide(p.toString()).div(q.toString()).toSignificantDigits(digits).toFixed();

describe('exactQuotient', () => {
  it.each([
    [300n, 4n, '75'],
    [101_001n, 4_000n, '25.25025'],
    [0n, 7n, '0'],
    [-1n, 3n, `-0.${'3'.repeat(34)}`],
    [2n, 3n, `0.${'6'.repeat(33)}7`],
    [1n, 3_000_000n, `0.000000${'3'.repeat(34)}`],
    [-600n, -8n, '75'],
  ])('%s ÷ %s is %s', (p, q, text) => {
    expect(exactQuotient(p, q, 34)).toBe(text);
  });

  it('agrees with a decimal library over quotients of every size and sign', () => {
    let state = 88_172_645_463_325_252n;
    const next = () => {
      state ^= (state << 13n) & 0xffff_ffff_ffff_ffffn;
      state ^= state >> 7n;
      state ^= (state << 17n) & 0xffff_ffff_ffff_ffffn;
      return state;
    };
    for (let i = 0; i < 3000; i++) {
      const p = (next() >> (next() % 60n)) * (i % 2 === 0 ? 1n : -1n);
      const q = (next() >> (next() % 60n)) + 1n;
      for (const digits of [20, 34, 40]) expect(exactQuotient(p, q, digits)).toBe(byDecimal(p, q, digits));
    }
  });

  it('a denominator of 0 is refused', () => {
    expect(() => exactQuotient(1n, 0n, 34)).toThrow(RangeError);
  });
});
