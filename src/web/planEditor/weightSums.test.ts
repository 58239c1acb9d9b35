import { expect, test } from 'vitest';
import { itemsSum, wholeSum } from './weightSums.ts';

const item = (weight?: string) => ({ id: 'i', ...(weight === undefined ? {} : { weight }) });

test.each([
  ['fits', ['20', '15', '15', '10', '10'], '70', '0', true],
  ['is a hundredth short', ['20', '79.99'], '100', '0.01', false],
  ['is too much', ['50', '60'], '100', '-10', false],
  ['of thirds fits exactly', ['55/3', '55/3', '55/3', '15'], '70', '0', true],
])('a block that %s', (_, weights, weight, missing, fits) => {
  expect(itemsSum({ weight, items: weights.map(item) })).toMatchObject({ missing, fits, of: weight });
});

test('items that name no weight share it, bonus items are beside it, what cannot be read gives no sum', () => {
  expect(itemsSum({ weight: '70', items: [item(), item()] })).toBe(null);
  expect(itemsSum({ weight: '10', items: [item('10'), { ...item('5'), bonus: 'true' }] })?.fits).toBe(true);
  expect(itemsSum({ weight: '10', items: [item('x')] })).toBe(null);
  expect(wholeSum([item('70'), item('25')])).toEqual({ sum: '95', of: '100', missing: '5', fits: false });
});
