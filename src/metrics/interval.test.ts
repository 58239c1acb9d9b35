import { describe, expect, test } from 'vitest';
import {
  intervalOf,
  percentileInterval,
  poissonExact,
  type Spread,
  standardError,
  volatilityInterval,
  wilson,
} from './interval.ts';
import { binomialShare, normalQuantile, poissonShare, tQuantile, tShare } from './intervalQuantiles.ts';
import { seededDraws } from './seededDraws.ts';

/** The sums of pairs (x, y) as the engine would give them. */
const spreadOf = (pairs: readonly (readonly [number, number])[]): Spread => {
  const sum = (of: (x: bigint, y: bigint) => bigint) =>
    pairs.reduce((total, [x, y]) => total + of(BigInt(x), BigInt(y)), 0n);
  return {
    n: pairs.length,
    x: sum((x) => x),
    y: sum((_, y) => y),
    xx: sum((x) => x * x),
    xy: sum((x, y) => x * y),
    yy: sum((_, y) => y * y),
  };
};
const times = (count: number, x: number, y = 1) => Array.from({ length: count }, () => [x, y] as const);
const metric = { unit: 'percent', form: 'ratio', numeratorScale: 1, denominatorScale: 1, numeratorTimes: 1 } as const;

describe('the distributions are the published ones', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2 (t); Abramowitz and Stegun 26.
  test.each([
    [1, 12.7062047],
    [10, 2.2281389],
    [30, 2.0422725],
    [100, 1.9839715],
  ])("Student's t of %i degrees has its 97.5% point at %f", (degrees, point) =>
    expect(tQuantile(0.975, degrees)).toBeCloseTo(point, 6),
  );
  test('the normal has its 97.5% point at 1.959964 and its 99.9% point at 3.090232', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.999)).toBeCloseTo(3.090232, 6);
    expect(normalQuantile(0.1)).toBeCloseTo(-1.281552, 6);
  });
  test('t of 2 degrees below 1 is 0.7886751 (closed form ½ + t ÷ (2√(2 + t²)))', () =>
    expect(tShare(1, 2)).toBeCloseTo(0.5 + 1 / (2 * Math.sqrt(3)), 12));
  test('sums of binomial and Poisson probabilities written out', () => {
    // (1 + 10 + 45) ÷ 2¹⁰; e⁻³(1 + 3 + 4.5)
    expect(binomialShare(2, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
    expect(poissonShare(2, 3)).toBeCloseTo(Math.exp(-3) * 8.5, 12);
  });
});

describe('intervals are the published ones', () => {
  test("Wilson's: 0 of 10 reaches to 0.2775 (Brown, Cai, DasGupta 2001), 81 of 263 from 0.2553 to 0.3662 (Newcombe 1998, method 3)", () => {
    expect(wilson(0, 10)[1]).toBeCloseTo(0.2775, 3);
    expect(wilson(81, 263)[0]).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263)[1]).toBeCloseTo(0.3662, 4);
  });
  test('Poisson’s: 10 events 4.795–18.390, none 0–3.689 (Ulm 1990, after Garwood 1936)', () => {
    const [low, high] = poissonExact(10);
    expect([low, high].map((each) => each.toFixed(3))).toEqual(['4.795', '18.390']);
    expect(poissonExact(0)).toEqual([0, expect.closeTo(3.6889, 4)]);
  });
  test('of a mean: the classic sleep data, 0.75 ± 1.28 (Student 1908: n = 10, s = 1.789010)', () => {
    const sleep = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0].map((hours) => [hours * 10 + 100, 1] as const);
    const interval = intervalOf({ ...metric, unit: 'hours', numeratorScale: 10 }, spreadOf(sleep));
    // Ten hours more each, so that nothing is negative: R's t.test gives −0.5297804 to 2.0297804.
    expect(interval).toEqual({
      method: 't',
      low: expect.closeTo(9.4702196, 6),
      high: expect.closeTo(12.0297804, 6),
      reason: null,
    });
  });
  test('of a net promoter score: 50, 30 and 20 of 100 give 30 ± 15.31 by the trinomial variance', () => {
    const spread = spreadOf([...times(50, 1), ...times(30, 0), ...times(20, -1)]);
    const interval = intervalOf({ ...metric, unit: 'nps' }, spread);
    // √((0.5 + 0.2 − 0.3²) ÷ 99) = 0.078496; × 1.959964 = 0.153850.
    expect(interval).toMatchObject({
      method: 'trinomial',
      low: expect.closeTo(14.615, 3),
      high: expect.closeTo(45.385, 3),
    });
  });
});

describe('an interval ends where the scale does', () => {
  const stars = spreadOf([...times(29, 5), ...times(1, 1)]);
  test('no mean of stars is above five or below one', () => {
    const of = (spread: Spread, scale?: readonly [number, number]) =>
      intervalOf({ ...metric, unit: 'points', ...(scale ? { scale } : {}) }, spread);
    expect(of(stars).high).toBeGreaterThan(5);
    expect(of(stars, [1, 5])).toMatchObject({ high: 5, low: of(stars).low });
    expect(of(spreadOf([...times(29, 1), ...times(1, 5)]), [1, 5])).toMatchObject({ low: 1 });
  });
  test('of amounts it may lie below nothing', () => {
    const yuan = { ...metric, numeratorScale: 100, denominatorScale: 100 };
    expect(intervalOf(yuan, spreadOf([...times(20, -50, 100), ...times(20, -40, 100)])).high).toBeLessThan(0);
  });
});

describe('the method follows from what was observed', () => {
  test('successes among observations are Wilson’s', () =>
    expect(intervalOf(metric, spreadOf([...times(81, 1), ...times(182, 0)]))).toMatchObject({
      method: 'wilson',
      low: expect.closeTo(25.53, 2),
    }));

  test('events beside the exposure are Poisson’s, and may exceed no ceiling of shares', () => {
    const spread = spreadOf([...times(2, 1, 0), ...times(400, 0, 1)]);
    expect(intervalOf(metric, spread)).toMatchObject({
      method: 'poisson',
      low: expect.closeTo(0.2422 / 4, 3),
      high: expect.closeTo(7.2247 / 4, 3),
    });
  });

  test('turns that come in sessions tell less than as many single ones', () => {
    const single = intervalOf(metric, spreadOf([...times(160, 1), ...times(40, 0)]));
    const clustered = intervalOf(metric, spreadOf([...times(16, 10, 10), ...times(4, 0, 10)]));
    expect(clustered.method).toBe('wilson');
    expect((clustered.high ?? 0) - (clustered.low ?? 0)).toBeGreaterThan(2 * ((single.high ?? 0) - (single.low ?? 0)));
  });

  test('a count is Poisson’s', () =>
    expect(intervalOf({ ...metric, unit: 'count', form: 'count' }, spreadOf(times(10, 1)))).toMatchObject({
      method: 'poisson',
      low: expect.closeTo(4.795, 3),
    }));

  test.each([
    ['no observation', [], 'noData'],
    ['one observation', [[3000, 1]], 'tooFew'],
    ['observations all alike', times(5, 3000), 'alike'],
  ] as const)('%s has none, and says why', (_, pairs, reason) =>
    expect(intervalOf({ ...metric, unit: 'seconds', numeratorScale: 1000 }, spreadOf(pairs))).toMatchObject({
      low: null,
      reason,
    }),
  );
});

describe('what is no sum of observations', () => {
  const milliseconds = { ...metric, unit: 'seconds', numeratorScale: 1000 } as const;
  const upTo = (n: number) => Array.from({ length: n }, (_, k) => ({ value: (k + 1) * 1000, count: 1 }));
  test('a median lies between the ranks of the published table: 40 and 61 of 100, 2 and 9 of 10, none of 5', () => {
    // Conover, table A3 (binomial, p = 0.5): P(B ≤ 39) = 0.0176, P(B ≤ 60) = 0.9824; P(B ≤ 1) = 0.0107, P(B ≤ 8) = 0.9893.
    expect(percentileInterval(milliseconds, upTo(100), 50)).toMatchObject({
      method: 'orderStatistic',
      low: 40,
      high: 61,
    });
    expect(percentileInterval(milliseconds, upTo(10), 50)).toMatchObject({ low: 2, high: 9 });
    expect(percentileInterval(milliseconds, upTo(5), 50)).toMatchObject({ low: null, reason: 'tooFew' });
    expect(percentileInterval(milliseconds, upTo(20), 95)).toMatchObject({ low: null, reason: 'tooFew' });
    expect(percentileInterval(milliseconds, [], 50)).toMatchObject({ low: null, reason: 'noData' });
  });

  test('a swing between days: the same days and seed give the same interval, around the swing itself', () => {
    const days = [20, 30, 25, 40, 22, 28, 35, 31, 26, 24, 38, 29];
    const interval = volatilityInterval(days, seededDraws('october'));
    expect(volatilityInterval(days, seededDraws('october'))).toEqual(interval);
    expect(interval).toMatchObject({ method: 'bootstrap', reason: null });
    // 20.4% as it stands; for a coefficient of variation of 12 days the usual formula gives about ± 8 points.
    expect(interval.low).toBeGreaterThan(10);
    expect(interval.low).toBeLessThan(18);
    expect(interval.high).toBeGreaterThan(21);
    expect(interval.high).toBeLessThan(29);
    expect(volatilityInterval([20], seededDraws(''))).toMatchObject({ reason: 'tooFew' });
    expect(volatilityInterval([20, 20], seededDraws(''))).toMatchObject({ reason: 'alike' });
  });
});

test('a standard error of large sums loses no digit', () => {
  // Milliseconds around a year: in floats Σx² − n·mean² has no digit left.
  const year = 31_536_000_000;
  const spread = spreadOf([
    [year, 1],
    [year + 1, 1],
    [year + 2, 1],
  ]);
  expect(standardError(spread)).toBeCloseTo(1 / Math.sqrt(3), 12);
});
