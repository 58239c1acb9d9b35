import { expect, test } from 'vitest';
import type { Plan } from '../../scores/planSchema.ts';
import { firstMonthFor, inRange, itemWeight, plainAmount } from './planView.ts';

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

const coefficient = { id: 'c', name: { zh: '系数', en: 'c' }, about: { zh: '待定', en: 'open' }, min: '0', max: '0.8' };

test.each([
  ['0', true],
  ['0.8', true],
  ['0.81', false],
  ['-0.1', false],
  ['1/2', false],
  ['', false],
  ['半', false],
])('whether %s may be given for 0 to 0.8: %s', (text, may) => expect(inRange(text, coefficient)).toBe(may));

test('a shipped version is offered from the period in view, an own one from next month', () => {
  expect(firstMonthFor('template', '2026-10')).toBe('2026-10');
  expect(firstMonthFor('template', '2026-Q4')).toBe('');
  expect(firstMonthFor('own', '2026-10')).toBe('');
  expect(firstMonthFor('template', null)).toBe('');
});
