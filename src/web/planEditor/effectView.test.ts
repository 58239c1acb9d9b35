import { expect, test } from 'vitest';
import { differenceOf } from './effectView.ts';

test('what is missing has no difference, and it is not nought', () => {
  expect(differenceOf('93.33', '92.63')).toBe('0.7000');
  expect(differenceOf('90', '92.5')).toBe('-2.5000');
  expect(differenceOf(null, '92.5')).toBe(null);
  expect(differenceOf('92.5', null)).toBe(null);
});
