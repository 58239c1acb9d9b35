import { expect, test } from 'vitest';
import { blend } from './blend.ts';
import { resolved, shippedPlan } from './testing.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const months = (...totals: (string | null)[]) =>
  totals.map((total, i) => ({ period: `2026-${String(10 + i)}`, total }));

test('a quarter is the mean of the totals as rounded, rounded and graded again', () => {
  // (89.99 + 90.00 + 90.00) / 3 = 89.9966… = 90.00
  const card = blend(plan, months('89.99', '90.00', '90.00'));
  expect(card).toMatchObject({ status: 'rated', total: '90.00', grade: 'senior', coefficient: '1.2' });
  expect(card.steps.slice(0, 4)).toEqual([
    { kind: 'part', period: '2026-10', total: '89.99', running: '89.99' },
    { kind: 'part', period: '2026-11', total: '90.00', running: '179.99' },
    { kind: 'part', period: '2026-12', total: '90.00', running: '269.99' },
    { kind: 'mean', count: 3, running: '89.9966666666666666666666666666666667' },
  ]);
});

test('an unrated month is skipped, not counted as zero', () => {
  expect(blend(plan, months('80.01', null, '80.00'))).toMatchObject({ total: '80.01', grade: 'mid' });
});

test('without any rated month there is no score', () => {
  expect(blend(plan, months(null, null))).toMatchObject({
    status: 'unrated',
    total: null,
    grade: null,
    coefficient: null,
  });
});
