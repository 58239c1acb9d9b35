import { expect, it } from 'vitest';
import { volatilityOf } from './volatility.ts';

const seconds = { numeratorScale: 1000, denominatorScale: 1, minN: 2 };

it('days of 10 s and 30 s swing by half their mean, however many turns each had', () => {
  const days = [
    { numerator: '10000', denominator: '1' },
    { numerator: '3000000', denominator: '100' },
  ];
  expect(volatilityOf(seconds, days)).toEqual({ status: 'ok', value: '50', numerator: '10', denominator: '20', n: 2 });
});

it('a day without turns is no day, and one day alone is too few', () => {
  const days = [
    { numerator: '0', denominator: '0' },
    { numerator: '5000', denominator: '1' },
  ];
  expect(volatilityOf(seconds, days)).toMatchObject({ status: 'lowSample', value: '0', n: 1 });
  expect(volatilityOf(seconds, []).status).toBe('noData');
});
