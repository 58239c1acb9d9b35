import { expect, test } from 'vitest';
import { type CardRow, changeOf, medianTotal, tableItems } from './scorecardTable.ts';

const row = (total: string | null, items: CardRow['items'] = []): CardRow => ({
  agentId: 'a',
  name: '张三',
  team: '一组',
  shop: '',
  tier: null,
  status: total === null ? 'unrated' : 'rated',
  total,
  grade: null,
  coefficient: null,
  previousTotal: null,
  rank: null,
  plan: { id: 'p', name: { zh: '方案', en: 'Plan' }, version: 1 },
  vetoes: [],
  items,
});

test('the median leaves out who is unrated, and is silent below three', () => {
  expect(medianTotal([row('80.00'), row('90.00'), row(null), row('70.00')])).toBe(80);
  expect(medianTotal([row('80.00'), row('90.00'), row('70.00'), row('60.00')])).toBe(75);
  expect(medianTotal([row('80.00'), row('90.00'), row(null)])).toBeNull();
});

test('a change is exact to the cent and missing where a total is missing', () => {
  expect(changeOf({ total: '92.63', previousTotal: '91.43' })).toBe('1.20');
  expect(changeOf({ total: '67.33', previousTotal: null })).toBeNull();
});

test('the card of a quarter, which has no items of its own, is drawn as one beam', () => {
  expect(tableItems(row('88.32'))).toEqual([{ id: 'total', weight: 100, points: 88.32, teamMedian: null }]);
  expect(tableItems(row(null))).toEqual([]);
});

test('segments keep the weight of the plan when weight came from items without data', () => {
  const [item, none] = tableItems(
    row('50.00', [
      { id: 'fcr', status: 'scored', attainment: '0.5', points: '17.5', weight: '20', effectiveWeight: '35' },
      { id: 'cycle', status: 'noData', attainment: null, points: null, weight: '15', effectiveWeight: null },
    ]),
  );
  expect(item).toMatchObject({ weight: 20, points: 10 });
  expect(none).toMatchObject({ weight: 15, points: null });
});
