import { expect, test } from 'vitest';
import { gradeBase, paidAs, payBase } from './gradePay.ts';

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

test('pay that depends on performance is the whole salary only where none is told; what is no amount or above the salary is neither', () => {
  const performance = (yuan: string) => payBase(800_000n, yuan).performanceFen;
  expect(['', ' ', '1500', '1500.5', '8000'].map(performance)).toEqual([null, null, 150_000n, 150_050n, 800_000n]);
  for (const yuan of ['1,500', '¥1500', '1500元', '-1', '8000.01'])
    expect([yuan, performance(yuan)]).toEqual([yuan, 'unusable']);
  const wrong = payBase(800_000n, '1,500');
  expect([gradeBase('monthly', wrong), gradeBase('yearEndMonths', wrong)]).toEqual([null, 800_000n]);
});
