import { expect, test } from 'vitest';
import { attain, type ValueCurve } from './attain.ts';
import { fraction, toDecimal } from './fraction.ts';

const share = (curve: ValueCurve, better: 'higher' | 'lower', value: string, target: string) =>
  toDecimal(attain(curve, better, fraction(value), fraction(target)));
const ratio: ValueCurve = { curve: 'ratio' };
const range: ValueCurve = { curve: 'range', pass: '90' };
const linear: ValueCurve = { curve: 'linear', floor: '60' };
const step: ValueCurve = {
  curve: 'step',
  steps: [
    { at: '95', gives: '1' },
    { at: '90', gives: '0.8' },
    { at: '80', gives: '0.5' },
  ],
};

test.each([
  ['higher', '82', '85', '0.9647058823529411764705882352941176'],
  ['higher', '85', '85', '1'],
  ['higher', '120', '85', '1'],
  ['higher', '0', '85', '0'],
  ['higher', '-20', '65', '0'],
  ['lower', '6', '5', '0.8333333333333333333333333333333333'],
  ['lower', '5', '5', '1'],
  ['lower', '0', '5', '1'],
  ['lower', '0', '0', '1'],
  ['lower', '3', '0', '0'],
] as const)('ratio, %s is better: %s against %s gives %s', (better, value, target, expected) => {
  expect(share(ratio, better, value, target)).toBe(expected);
});

test.each([
  ['92', '0.88'],
  ['95', '1'],
  ['99', '1'],
  ['90', '0.8'],
  ['45', '0.4'],
  ['75', '0.6666666666666666666666666666666667'],
  ['0', '0'],
])('range 90–95: %s gives %s', (value, expected) => {
  expect(share(range, 'higher', value, '95')).toBe(expected);
});

test('range where lower is better runs the other way', () => {
  const seconds: ValueCurve = { curve: 'range', pass: '40' };
  expect(['20', '30', '35', '40', '80', '0'].map((value) => share(seconds, 'lower', value, '30'))).toEqual([
    '1',
    '1',
    '0.9',
    '0.8',
    '0.4',
    '1',
  ]);
});

test('linear is 0 at the floor and below, 1 at the target and above', () => {
  expect(['50', '60', '75', '90', '95'].map((value) => share(linear, 'higher', value, '90'))).toEqual([
    '0',
    '0',
    '0.5',
    '1',
    '1',
  ]);
});

test('a step gives what the best step reached gives', () => {
  expect(['95', '94.99', '90', '80', '79.99'].map((value) => share(step, 'higher', value, '95'))).toEqual([
    '1',
    '0.8',
    '0.8',
    '0.5',
    '0',
  ]);
});
