import { describe, expect, test } from 'vitest';
import { limitsAt, placeOf } from './funnel.ts';

describe('control limits', () => {
  test('of a share are the interpolated binomial ones', () => {
    // 20 trials of ½. P(X ≤ 5) = 0.020695, P(X ≤ 6) = 0.057659 (tables of the binomial): r = 6, α = (0.057659 − 0.025) ÷ 0.036964.
    const { low95, high95 } = limitsAt({ kind: 'share', rate: 0.5 }, 20);
    expect(low95).toBeCloseTo((6 - 0.88353) / 20, 4);
    // P(X ≤ 13) = 0.942341, P(X ≤ 14) = 0.979305: r = 14, α = 0.004305 ÷ 0.036964.
    expect(high95).toBeCloseTo((14 - 0.11647) / 20, 4);
  });
  test('of events are the interpolated Poisson ones', () => {
    // Mean 4: P(X ≤ 0) = 0.018316, P(X ≤ 1) = 0.091578: r = 1, α = 0.066578 ÷ 0.073263.
    expect(limitsAt({ kind: 'events', rate: 0.04 }, 100).low95).toBeCloseTo((1 - 0.90875) / 100, 4);
  });
  test('of a mean are z standard errors away', () => {
    const limits = limitsAt({ kind: 'mean', mean: 40, deviation: 20, least: 0 }, 100);
    expect(limits.high95).toBeCloseTo(43.919928, 5);
    expect(limits.low998).toBeCloseTo(40 - 6.180464, 5);
  });
  test('of a mean that may be below nothing reach below nothing, and no further than a figure can be', () => {
    const uplift = { kind: 'mean', mean: -10, deviation: 20, least: Number.NEGATIVE_INFINITY } as const;
    const limits = limitsAt(uplift, 100);
    expect([limits.low998, limits.high998]).toEqual([expect.closeTo(-16.180464, 5), expect.closeTo(-3.819536, 5)]);
    expect([-12, -3, 5].map((value) => placeOf(value, limits))).toEqual(['within', 'outside998', 'outside998']);
    expect(limitsAt({ kind: 'mean', mean: 2, deviation: 20, least: 0 }, 1).low998).toBe(0);
  });
  test('narrow with volume and lie within one another', () => {
    for (const kind of ['share', 'events'] as const) {
      let before = Number.POSITIVE_INFINITY;
      for (const volume of [5, 31, 100, 1000, 20_000]) {
        const { low998, low95, high95, high998 } = limitsAt({ kind, rate: 0.05 }, volume);
        expect(low998 <= low95 && low95 < 0.05 && 0.05 < high95 && high95 <= high998).toBe(true);
        expect(high998).toBeLessThan(before);
        before = high998;
      }
    }
  });
});

test('a figure on the limit is still within it', () => {
  const limits = { low998: 1, low95: 2, high95: 4, high998: 5 };
  expect([1, 2, 3, 4, 4.1, 5.1, 0.9].map((value) => placeOf(value, limits))).toEqual([
    ...['outside95', 'within', 'within', 'within', 'outside95', 'outside998', 'outside998'],
  ]);
});
