import { expect, test } from 'vitest';
import { seededDraws } from '../metrics/seededDraws.ts';
import { type DayCounts, project, type WorkDay } from './projection.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';
import { figure, resolved, shippedPlan } from './testing.ts';

const { promotion: _, ...desk } = shippedPlan('appliance-aftersales');
const name = { zh: '响应', en: 'Response' };
const metric = 'avg_response_seconds';
const plan = resolved({
  ...desk,
  blocks: [
    {
      ...{ id: 'all', name, weight: '100', values: 'period' },
      items: [{ id: 'response', name, metric, target: '30', attainment: { curve: 'ratio' } }],
    },
  ],
  promotion: { items: [], relax: { factor: '1.5', metrics: [metric] } },
});
const dayOf = (i: number) => `2026-10-${String(i).padStart(2, '0')}`;
/** Always the same: sixty turns a day, answered after forty-five seconds on average. */
const counts: DayCounts = { numerator: 45 * 60, denominator: 60, n: 60 };
const history = Array.from(
  { length: 14 },
  (_day, i): WorkDay => ({ day: dayOf(i + 1), counts: { [metric]: counts }, parts: {} }),
);
const past = history.map(({ day }): TargetDay => ({ day, volume: '60', load: null, relax: null }));
const input: ScoreInput = {
  values: { [metric]: { figure: figure(String(45 * 60 * 14), String(60 * 14), '1') } },
  ...{ days: { [metric]: past }, tier: null, promotion: true, vetoes: [] },
};

test('a promotion that stands in the calendar relaxes the targets of the days ahead', () => {
  const ahead = Array.from({ length: 14 }, (_day, i) => dayOf(i + 15));
  const middle = (promotions: readonly string[]) =>
    project({
      ...{ plan, input, history, ahead, changes: {}, loads: {}, draw: seededDraws('a'), times: 20 },
      isExempt: () => false,
      relaxOn: (_metric, day) => (promotions.includes(day) ? '1.5' : null),
    })?.middle;
  // 30 ÷ 45; with half of all turns at 45 s the month's target is 37.5 s.
  expect(middle([])).toBeCloseTo(66.67, 2);
  expect(middle(ahead)).toBeCloseTo(83.33, 2);
});

test('a day ahead that will not count adds nothing, as it would not once it is over', () => {
  // So far 60 s on average, on the days ahead 45 s: only what counts pulls the month towards 45 s.
  const slow = { ...input, values: { [metric]: { figure: figure(String(60 * 60 * 14), String(60 * 14), '1') } } };
  const ahead = Array.from({ length: 14 }, (_day, i) => dayOf(i + 15));
  const middle = (exempt: readonly string[], of = metric) =>
    project({
      ...{ plan, input: slow, history, ahead, changes: {}, loads: {}, draw: seededDraws('a'), times: 20 },
      relaxOn: () => null,
      isExempt: (each, day) => each === of && exempt.includes(day),
    })?.middle;
  // 30 ÷ 52.5, 30 ÷ 55 and, as if the month were over, 30 ÷ 60.
  expect(middle([])).toBeCloseTo(57.14, 2);
  expect(middle(ahead.slice(7))).toBeCloseTo(54.55, 2);
  expect(middle(ahead)).toBeCloseTo(50, 2);
  expect(middle(ahead, 'csat_rate')).toBeCloseTo(57.14, 2);
});
