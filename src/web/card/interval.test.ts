import { describe, expect, test } from 'vitest';
import type { ScorecardItem } from '../../scores/schemas.ts';
import { pointsInterval, wilson } from './interval.ts';

const item = (more: Partial<ScorecardItem>): ScorecardItem => ({
  id: 'csat',
  block: 'b',
  name: { zh: '', en: '' },
  metric: 'csat_rate',
  unit: 'percent',
  better: 'higher',
  status: 'scored',
  value: '80',
  numerator: '80',
  denominator: '100',
  n: 100,
  target: '90',
  targetWhy: { zh: '', en: '' },
  reason: { zh: '', en: '' },
  weight: '15',
  effectiveWeight: '15',
  attainment: String(80 / 90),
  points: String((80 / 90) * 15),
  lost: '1.67',
  teamMedian: null,
  parts: [],
  deductions: [],
  bonus: false,
  valuePeriod: '2026-10',
  evidence: { metric: 'csat_rate', agent: 'a', period: '2026-10' },
  ...more,
});

test("Wilson's interval is the published one", () => {
  // Brown, Cai and DasGupta 2001: 0 of 10 gives up to 0.2775; R's prop.test(81, 263, correct = FALSE) gives 0.2553 to 0.3662.
  expect(wilson(0, 10)[1]).toBeCloseTo(0.2775, 3);
  expect(wilson(81, 263)[0]).toBeCloseTo(0.2553, 3);
  expect(wilson(81, 263)[1]).toBeCloseTo(0.3662, 3);
});

describe('the interval of points', () => {
  test('holds the points, is cut at the full mark, and widens as records get fewer', () => {
    const many = pointsInterval(item({}));
    const few = pointsInterval(item({ numerator: '24', denominator: '30', n: 30 }));
    if (!many || !few) throw new Error('no interval');
    expect(many[0]).toBeLessThan((80 / 90) * 15);
    expect(many[1]).toBeGreaterThan((80 / 90) * 15);
    expect(few[1]).toBe(15);
    expect(few[0]).toBeLessThan(many[0]);
  });

  test('is in order where lower is better', () => {
    const low = {
      better: 'lower',
      value: '6',
      numerator: '6',
      denominator: '100',
      target: '5',
      attainment: String(5 / 6),
    } as const;
    const [from, to] = pointsInterval(item(low)) ?? [0, 0];
    expect(from).toBeLessThan((5 / 6) * 15);
    expect(to).toBe(15);
  });

  test.each<[string, Partial<ScorecardItem>]>([
    ['a mean', { unit: 'seconds' }],
    ['a count that is no share of the other', { numerator: '120', value: '120' }],
    ['a mean rating in percent', { numerator: '8000', value: '80' }],
    ['another curve than the ratio', { attainment: '0.8' }],
    [
      'an item in parts',
      { parts: [{ key: 'urgent', name: { zh: '', en: '' }, value: '1', target: '1', n: 1, attainment: '1' }] },
    ],
    ['no data', { status: 'noData', value: null, attainment: null }],
  ])('there is none for %s', (_, more) => expect(pointsInterval(item(more))).toBeNull());
});
