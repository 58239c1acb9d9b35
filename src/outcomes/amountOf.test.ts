import { expect, test } from 'vitest';
import type { PayBase } from '../scores/gradePay.ts';
import { amountOf } from './amountOf.ts';
import { decisionOf } from './decisionOf.ts';
import type { Suggestion } from './proposal.ts';

const base: PayBase = { salaryFen: 600_000n, performanceFen: null };
const months = (coefficient: string | null): Suggestion => ({ kind: 'bonusMonths', coefficient });
const monthly = (coefficient: string): Suggestion => ({ kind: 'coefficient', coefficient });
const incentive = (percent: string | null, of: string | null): Suggestion => ({
  ...{ kind: 'incentive', rate: '2', factor: percent === null ? null : '0.8', percent, of },
});

test('grade A at ¥6,000 is ¥39,000 of year-end bonus, A+ 48,000, B+ 30,000', () => {
  const pays = ['6.5', '8', '5'].map((each) => amountOf(months(each), base));
  expect(pays).toMatchObject([{ amountFen: '3900000' }, { amountFen: '4800000' }, { amountFen: '3000000' }]);
});

test('a month’s coefficient multiplies the pay that depends on performance, where it is told, rounded half up once', () => {
  expect(amountOf(monthly('1.2'), base)).toMatchObject({ baseFen: '600000', amountFen: '720000' });
  expect(amountOf(monthly('1.25'), { ...base, performanceFen: 150_002n })).toMatchObject({ amountFen: '187503' });
});

test('what is missing is named and never paid as zero; a coefficient of zero is an amount', () => {
  const noSalary = { salaryFen: null, performanceFen: null };
  expect(amountOf(monthly('1.2'), noSalary)).toEqual({ status: 'lacking', lack: 'salary' });
  const wrong: PayBase = { ...base, performanceFen: 'unusable' };
  expect(amountOf(monthly('1.2'), wrong)).toEqual({ status: 'lacking', lack: 'performancePay' });
  expect(amountOf(months('6.5'), wrong)).toMatchObject({ amountFen: '3900000' });
  expect(amountOf(months(null), base)).toEqual({ status: 'lacking', lack: 'coefficient' });
  expect(amountOf(incentive(null, '90000'), base)).toEqual({ status: 'lacking', lack: 'factor' });
  expect(amountOf(monthly('0'), base)).toMatchObject({ amountFen: '0' });
});

test('1.6% of ¥90,000.05 are ¥1,440.00; an uplift below zero takes nothing away', () => {
  expect(amountOf(incentive('1.6', '90000.05'), base)).toMatchObject({ baseFen: '9000005', amountFen: '144000' });
  expect(amountOf(incentive('1.6', '-500'), base)).toMatchObject({ amountFen: '0' });
});

test('an approval is complete only with what its kind needs: the percentage, the last day, the amount that nothing tells', () => {
  const raise: Suggestion = { kind: 'raise', from: '5', to: '10' };
  expect(decisionOf(raise, null, {})).toEqual({ status: 'enter', field: 'percent' });
  expect(decisionOf(raise, null, { percent: '6.5' })).toEqual({ status: 'complete', decision: { percent: '6.5' } });
  const commission = incentive('1.6', null);
  expect(decisionOf(commission, amountOf(commission, base), {})).toEqual({ status: 'enter', field: 'amount' });
  const paid = decisionOf(commission, amountOf(commission, base), { amount: '1440.5' });
  expect(paid).toEqual({ status: 'complete', decision: { amountFen: '144050' } });
  const unpaid = amountOf(monthly('1.2'), { salaryFen: null, performanceFen: null });
  expect(decisionOf(monthly('1.2'), unpaid, {})).toEqual({ status: 'lacking', lack: 'salary' });
});
