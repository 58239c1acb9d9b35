import { expect, test } from 'vitest';
import { nextMonthOf, offeredMonths } from './nextMonthOf.ts';

test('the next month is the zone’s, over the turn of the year too', () => {
  expect(nextMonthOf(new Date('2026-11-30T15:59:00Z'), 'Asia/Shanghai')).toBe('2026-12');
  expect(nextMonthOf(new Date('2026-11-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2027-01');
});

test('months that have begun are offered only where they are allowed', () => {
  const data = ['2026-10', '2026-09', '2026-Q3'];
  expect(offeredMonths('2026-12', '2026-12', data).slice(0, 2)).toEqual(['2026-12', '2027-01']);
  // Only those after what is closed.
  expect(offeredMonths('2026-12', '2026-10', data).slice(0, 2)).toEqual(['2026-10', '2026-12']);
  expect(offeredMonths('2026-12', null, data).slice(0, 3)).toEqual(['2026-09', '2026-10', '2026-12']);
});
