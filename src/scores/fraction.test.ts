import { expect, test } from 'vitest';
import { add, compare, divide, fraction, isFraction, multiply, subtract, toDecimal, toFixed } from './fraction.ts';

test.each([
  ['20', '20'],
  ['18.75', '18.75'],
  ['-0.5', '-0.5'],
  ['55/3', '18.3333333333333333333333333333333333'],
  ['5.5/0.3', '18.3333333333333333333333333333333333'],
  ['2/3', '0.6666666666666666666666666666666667'],
  ['0.10', '0.1'],
  ['100', '100'],
  ['0', '0'],
])('%s is read exactly and written as %s', (text, decimal) => {
  expect(toDecimal(fraction(text))).toBe(decimal);
});

test.each(['', 'x', '1e3', '1/0', '1/0.00', '.5', '5.', '1/-3', '+1', '１', '1'.repeat(41)])(
  '%j is no number of a plan',
  (text) => {
    expect(isFraction(text)).toBe(false);
    expect(() => fraction(text)).toThrow(RangeError);
  },
);

test.each([
  ['89.995', '90.00'],
  ['89.9949999', '89.99'],
  ['-0.005', '-0.01'],
  ['-0.004', '0.00'],
  ['2/3', '0.67'],
  ['1/8', '0.13'],
])('%s is rounded half away from zero to %s', (text, rounded) => {
  expect(toFixed(fraction(text), 2)).toBe(rounded);
});

test('arithmetic with thirds loses nothing', () => {
  const third = fraction('1/3');
  expect(compare(add(add(third, third), third), fraction('1'))).toBe(0);
  expect(compare(multiply(divide(fraction('82'), fraction('85')), fraction('85')), fraction('82'))).toBe(0);
  expect(toDecimal(subtract(third, fraction('2/3')))).toBe('-0.3333333333333333333333333333333333');
  expect(compare(divide(fraction('1'), fraction('-2')), fraction('-0.5'))).toBe(0);
});
