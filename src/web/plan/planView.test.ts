import { expect, test } from 'vitest';
import type { Plan } from '../../scores/planSchema.ts';
import { itemWeight, plainAmount } from './planView.ts';

test.each([
  ['20', '20'],
  ['18.75', '18.75'],
  ['55/3', '18.33'],
  ['1.20', '1.2'],
])('the amount %s reads %s', (amount, text) => expect(plainAmount(amount)).toBe(text));

test('items that name no weight share what the block weighs', () => {
  const item = (weight?: string): Plan['blocks'][number]['items'][number] => ({
    id: 'i',
    name: { zh: '项', en: 'item' },
    metric: 'csat_rate',
    target: '90',
    attainment: { curve: 'ratio' },
    ...(weight === undefined ? {} : { weight }),
  });
  const block = {
    id: 'b',
    name: { zh: '', en: '' },
    weight: '65',
    values: 'period',
    items: [item(), item(), item()],
  } as const;
  expect(itemWeight(item(), { ...block, items: [...block.items] })).toBe('21.67');
  expect(itemWeight(item('20'), { ...block, items: [...block.items] })).toBe('20');
});
