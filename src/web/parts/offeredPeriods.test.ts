import { expect, test } from 'vitest';
import { offeredPeriods } from './offeredPeriods.ts';

test('months come newest first, then their quarters', () => {
  expect(offeredPeriods(['2026-08', '2026-10', '2026-09'], '2026-10')).toEqual([
    '2026-10',
    '2026-09',
    '2026-08',
    '2026-Q4',
    '2026-Q3',
  ]);
});

test('a period that the address asks for is offered even without data', () => {
  expect(offeredPeriods(['2026-10'], '2025')).toEqual(['2025', '2026-10', '2026-Q4']);
});
