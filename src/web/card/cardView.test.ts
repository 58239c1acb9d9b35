import { describe, expect, test } from 'vitest';
import type { ScorecardItem } from '../../scores/schemas.ts';
import { blockFull, figureBelow, fullMark, placeTrend, trendRuns, unitOf } from './cardView.ts';

const month = (period: string, total: string | null, plan = 'a') => ({ period, total, grade: null, plan });

describe('a trend', () => {
  const trend = [
    month('2026-07', '81.20'),
    month('2026-08', null),
    month('2026-09', '84.00'),
    month('2026-10', '92.63'),
  ];

  test('leaves a gap where a month was not rated', () => {
    const { points } = placeTrend(trend);
    expect(trendRuns(points).map((run) => run.map((point) => point.period))).toEqual([
      ['2026-07'],
      ['2026-09', '2026-10'],
    ]);
    expect(points[1]).toMatchObject({ total: null, y: null });
  });

  test('breaks where another plan held, whose totals do not compare', () => {
    const { points } = placeTrend([
      month('2026-08', '81.20', 'b'),
      month('2026-09', '84.00'),
      month('2026-10', '92.63'),
    ]);
    expect(trendRuns(points).map((run) => run.map((point) => point.period))).toEqual([
      ['2026-08'],
      ['2026-09', '2026-10'],
    ]);
  });

  test('keeps every point on the paper, on a scale of whole tens', () => {
    const { points, low, high } = placeTrend(trend);
    expect([low, high]).toEqual([70, 100]);
    for (const { y } of points) if (y !== null) expect(y >= 0 && y <= 1).toBe(true);
  });

  test('of nothing has a scale all the same', () => {
    expect(placeTrend([month('2026-10', null)])).toMatchObject({ low: 0, high: 100 });
  });

  test('has a figure below its point where the line turns upwards, and above it elsewhere', () => {
    const { points } = placeTrend([
      ...[month('2026-07', '94.14'), month('2026-08', '85.48'), month('2026-09', '88.28'), month('2026-10', '96.12')],
      ...[month('2026-11', null), month('2026-12', '90')],
    ]);
    expect(points.map((_, place) => figureBelow(points, place))).toEqual([false, true, true, false, false, false]);
  });
});

test('weights that do not end add up to a readable full mark', () => {
  const name = { zh: '', en: '' };
  const blocks = [
    { id: 'a', name, track: null, weight: '70.00000000000000000000000000000001', points: null },
    { id: 'b', name, track: null, weight: '30', points: null },
  ];
  expect(fullMark({ blocks })).toBe('100');
});

test('a block shows what its items can give, which is more where others gave up their weight', () => {
  const block = { id: 'a', name: { zh: '', en: '' }, track: null, weight: '21', points: '20' };
  const item = (effectiveWeight: string | null, bonus = false) =>
    ({ block: 'a', effectiveWeight, bonus }) as ScorecardItem;
  expect(blockFull({ items: [item('15.55'), item('7.78'), item('5', true), item(null)] }, block)).toBe('23.33');
  expect(blockFull({ items: [item(null)] }, block)).toBe('21');
});

test('a card that is the mean of others is out of 100 too', () => expect(fullMark({ blocks: [] })).toBe('100'));

test('a unit of a plan that the formats do not know is shown as points', () => {
  expect(unitOf('seconds')).toBe('seconds');
  expect(unitOf('stars')).toBe('points');
});
