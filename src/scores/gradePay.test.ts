import { expect, test } from 'vitest';
import { gradeBase, paidAs } from './gradePay.ts';

test('a grade is paid once: by the month, or, where it gives months of salary, with the year’s card', () => {
  const kinds = ['month', 'quarter', 'year', 'days'] as const;
  expect(kinds.map((kind) => paidAs({}, kind))).toEqual(['monthly', null, null, null]);
  expect(kinds.map((kind) => paidAs({ pays: 'yearEndMonths' }, kind))).toEqual([null, null, 'yearEndMonths', null]);
});

test('a month multiplies the pay that depends on performance where it is told, a year’s end the whole salary', () => {
  const pay = { salaryFen: 600_000n, performanceFen: 150_000n };
  expect([gradeBase('monthly', pay), gradeBase('yearEndMonths', pay)]).toEqual([150_000n, 600_000n]);
  expect(gradeBase('monthly', { ...pay, performanceFen: null })).toBe(600_000n);
  expect(gradeBase('yearEndMonths', { ...pay, salaryFen: null })).toBe(null);
});
