import { expect, test } from 'vitest';
import { streaks } from './streaks.ts';
import { shippedPlan } from './testing.ts';

const desk = shippedPlan('appliance-aftersales');
const months = (...grades: (string | null)[]) => grades.map((grade, i) => ({ period: `2026-${i + 1}`, grade }));
const fired = (outcome: string, ...grades: (string | null)[]) =>
  streaks(desk, 'month', months(...grades))
    .filter((each) => each.outcome === outcome)
    .map(({ period }) => period);

test('three senior months in a row propose a raise, two do not', () => {
  expect(fired('raise', 'senior', 'senior', 'senior')).toEqual(['2026-3']);
  expect(fired('raise', 'senior', 'senior')).toEqual([]);
});

test('another grade starts the count again', () => {
  expect(fired('raise', 'senior', 'senior', 'mid', 'senior', 'senior')).toEqual([]);
});

test('an unrated month is skipped: it neither counts nor interrupts', () => {
  expect(fired('raise', 'senior', null, 'senior', null, 'senior')).toEqual(['2026-5']);
  expect(fired('improvement_plan', 'needs_improvement', null, 'needs_improvement')).toEqual(['2026-3']);
});

test('after firing the count starts again', () => {
  expect(fired('raise', ...Array<string>(6).fill('senior'))).toEqual(['2026-3', '2026-6']);
  expect(fired('improvement_plan', ...Array<string>(3).fill('needs_improvement'))).toEqual(['2026-2']);
});

test('better grades count where the rule says so, and only for periods of its kind', () => {
  const [raise] = desk.outcomes.filter(({ id }) => id === 'raise');
  if (!raise) throw new Error('no raise');
  const plan = { ...desk, outcomes: [{ ...raise, grade: 'mid', orBetter: true, of: 'quarter' as const }] };
  const quarters = months('senior', 'mid', 'senior');
  expect(streaks(plan, 'quarter', quarters)).toEqual([{ outcome: 'raise', period: '2026-3' }]);
  expect(streaks(plan, 'month', quarters)).toEqual([]);
});
