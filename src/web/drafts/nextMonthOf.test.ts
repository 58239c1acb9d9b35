import { expect, test } from 'vitest';
import { nextMonthOf } from './nextMonthOf.ts';

test('the next month is the zone’s, over the turn of the year too', () => {
  expect(nextMonthOf(new Date('2026-11-30T15:59:00Z'), 'Asia/Shanghai')).toBe('2026-12');
  expect(nextMonthOf(new Date('2026-11-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2027-01');
});
