import { expect, test } from 'vitest';
import { appealEnd, type SpecialDays } from './appealEnd.ts';

/** The National Day holiday of 2026: 1 to 7 October off, Saturday 10 October worked. */
const october: SpecialDays = new Map([
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'holiday'] as const),
  ['2026-10-10', 'workday'],
]);

test.each([
  ['2026-09-10', '2026-09-13', 'an ordinary Sunday is an end like any other'],
  ['2026-09-27', '2026-09-30', 'the day before the holiday'],
  ['2026-09-28', '2026-10-08', 'the first day of the holiday rolls to the first working day after it'],
  ['2026-10-04', '2026-10-08', 'the last day of the holiday rolls by one'],
  ['2026-10-07', '2026-10-10', 'a Saturday that is worked'],
])('a result of %s can be appealed until the end of %s: %s', (published, end) => {
  expect(appealEnd(published, 3, october)).toBe(end);
});

test('a holiday before a weekend rolls over the weekend, and to a weekend day that is worked', () => {
  const friday: SpecialDays = new Map([['2026-05-01', 'holiday']]);
  expect(appealEnd('2026-04-28', 3, friday)).toBe('2026-05-04');
  expect(appealEnd('2026-04-28', 3, new Map([...friday, ['2026-05-02', 'workday']]))).toBe('2026-05-02');
});
