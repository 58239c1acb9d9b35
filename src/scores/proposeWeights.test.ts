import { describe, expect, test } from 'vitest';
import { fraction, sum, toDecimal } from './fraction.ts';
import { proposeWeights } from './proposeWeights.ts';

const proposed = (weights: Record<string, string>, mentions: Record<string, number>, step = 5) => {
  const items = Object.entries(weights).map(([id, weight]) => ({ id, weight }));
  const moves = proposeWeights(items, new Map(Object.entries(mentions)), step);
  return Object.fromEntries(moves.map((move) => [move.id, move.proposed]));
};
const equal = { response: '25', norms: '25', csat: '25', complaints: '25' };

describe('weights that survey answers propose', () => {
  test('move towards the share of mentions, by a step at most, and the block weighs what it did', () => {
    // Shares 30, 2.5, 22.5, 45: by a step at most +5, −5, −2.5, +5. Others lose 7.5, so 7 points move.
    expect(proposed(equal, { response: 60, norms: 5, csat: 45, complaints: 90 })).toEqual({
      ...{ response: '29', norms: '20', csat: '23', complaints: '28' },
    });
    const moved = proposed(equal, { response: 61, norms: 17, csat: 40, complaints: 82 }, 9);
    expect(toDecimal(sum(Object.values(moved).map(fraction)))).toBe('100');
  });

  test('never take an item away, however seldom it is named', () => {
    expect(proposed({ a: '3', b: '97' }, { b: 500 }, 20)).toEqual({ a: '1', b: '99' });
    expect(proposed({ a: '1', b: '99' }, { b: 500 }, 20)).toEqual({});
  });

  test('stay exact where no decimal ends', () => {
    expect(proposed({ a: '55/3', b: '55/3' }, { a: 100 }, 1)).toEqual({ a: '58/3', b: '52/3' });
  });

  test('are none without answers, without a point to move, and for a single item', () => {
    expect(proposed(equal, {})).toEqual({});
    expect(proposed(equal, { response: 50, norms: 50, csat: 49, complaints: 51 })).toEqual({});
    expect(proposed({ a: '100' }, { a: 9 })).toEqual({});
  });

  test('whatever is answered, no item moves more than a step, none is lost, and nothing is added', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let i = 0; i < 300; i++) {
      const first = 1 + random(60);
      const weights = { a: String(first), b: String(1 + random(100 - first)), c: '7.5', d: '2/3' };
      const mentions = { a: random(50), b: random(50), c: random(50), d: random(50) };
      const step = 1 + random(9);
      const moved = proposed(weights, mentions, step);
      if (Object.keys(moved).length === 0) continue;
      const of = (all: Record<string, string>) => toDecimal(sum(Object.values(all).map(fraction)));
      expect(of(moved)).toBe(of(weights));
      for (const [id, weight] of Object.entries(weights)) {
        const [before, after] = [Number(toDecimal(fraction(weight))), Number(toDecimal(fraction(moved[id] ?? '0')))];
        expect(after).toBeGreaterThan(0);
        expect(Math.abs(after - before)).toBeLessThanOrEqual(step + 1e-9);
      }
    }
  });
});
