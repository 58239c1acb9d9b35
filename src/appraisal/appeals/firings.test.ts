import { expect, test } from 'vitest';
import { resolved, shippedPlan } from '../../scores/testing.ts';
import { firings } from './firings.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const month = (period: string, planId: string = plan.id) => ({ period, planId, grade: 'senior', band: 'senior' });
const raised = (...periods: ReturnType<typeof month>[]) =>
  firings(plan, periods).flatMap(({ outcome, period }) => (outcome === 'raise' ? [period] : []));

test('three senior months in a row fire at the third, and a card by another plan starts the count again', () => {
  expect(raised(month('2026-08'), month('2026-09'), month('2026-10'))).toEqual(['2026-10']);
  const other = month('2026-09', 'optimised-service');
  expect(raised(month('2026-07'), month('2026-08'), other, month('2026-10'))).toEqual([]);
  expect(raised(month('2026-07'), other, month('2026-10'), month('2026-11'), month('2026-12'))).toEqual(['2026-12']);
});
