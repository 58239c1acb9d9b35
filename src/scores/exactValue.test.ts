import { expect, test } from 'vitest';
import { exactValue } from './exactValue.ts';
import { compare, fraction } from './fraction.ts';

const figure = (value: string, numerator: string, denominator: string) => ({
  status: 'ok' as const,
  value,
  numerator,
  denominator,
  n: 1,
});
const exact = (value: ReturnType<typeof figure>, as: string) => {
  const found = exactValue(value);
  return found !== null && compare(found, fraction(as)) === 0;
};

test('a rate whose percent does not end is its count over its count', () => {
  expect(exact(figure('66.66666666666666666666666666666667', '2', '3'), '200/3')).toBe(true);
});

test('a mean that does not end is its sum over its count', () => {
  expect(exact(figure('2.333333333333333333333333333333333', '7', '3'), '7/3')).toBe(true);
});

test('hours that do not end are the whole milliseconds they came from', () => {
  // 4,000,000 ms = 1.1111… h, over 7 tickets.
  const hours = '1.111111111111111111111111111111111111111';
  expect(exact(figure('0.1587301587301587301587301587301587', hours, '7'), '10/63')).toBe(true);
});

test('what ends is taken as written, and what is no quotient of its parts too', () => {
  expect(exact(figure('93.5', '187', '200'), '93.5')).toBe(true);
  const derived = '12.34567890123456789012345678901234';
  expect(exact(figure(derived, '5', '3'), derived)).toBe(true);
});

test('no data has no value', () => {
  expect(exactValue({ status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 })).toBe(null);
});
