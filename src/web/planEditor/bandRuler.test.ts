import { expect, test } from 'vitest';
import { type RawRecord, readText } from '../yamlForm/yamlText.ts';
import { addBand, moveEdge, presetsOf, removeBand, stretches, takeCoefficients } from './bandRuler.ts';
import { records } from './weightSums.ts';

const text = `bands:
  - { id: a, from: 90 }
  - { id: b, from: 70, to: 90 }
  - { id: c, from: 0, to: 70 }
`;
const bandsOf = (yaml: string): RawRecord[] => {
  const read = readText(yaml);
  return 'raw' in read ? records(read.raw.bands) : [];
};
const edges = (yaml: string) => bandsOf(yaml).map(({ id, from, to }) => [id, from, to]);

test('the ruler runs from 0 to 100 and shows what no band covers', () => {
  expect(stretches(bandsOf(text))).toEqual([
    { band: 2, from: 0, to: 70 },
    { band: 1, from: 70, to: 90 },
    { band: 0, from: 90, to: 100 },
  ]);
  expect(stretches([{ from: '80' }, { from: '10', to: '70' }])).toEqual([
    { band: null, from: 0, to: 10 },
    { band: 1, from: 10, to: 70 },
    { band: null, from: 70, to: 80 },
    { band: 0, from: 80, to: 100 },
  ]);
  expect(stretches([{ from: 'x' }])).toEqual([{ band: null, from: 0, to: 100 }]);
});

test('moving an edge moves both bands that share it', () => {
  expect(edges(moveEdge(text, bandsOf(text), 1, '72.5'))).toEqual([
    ['a', '90', undefined],
    ['b', '72.5', '90'],
    ['c', '0', '72.5'],
  ]);
});

test.each([
  [
    0,
    [
      ['b', '70', undefined],
      ['c', '0', '70'],
    ],
  ],
  [
    1,
    [
      ['a', '70', undefined],
      ['c', '0', '70'],
    ],
  ],
  [
    2,
    [
      ['a', '90', undefined],
      ['b', '0', '90'],
    ],
  ],
])('taking band %i away leaves no gap', (band, left) => {
  const removed = removeBand(text, bandsOf(text), band);
  expect(edges(removed)).toEqual(left);
  expect(stretches(bandsOf(removed)).every((each) => each.band !== null)).toBe(true);
});

test('a new band takes the upper half of the best', () => {
  expect(edges(addBand(text, bandsOf(text), { id: 'top' })).slice(0, 2)).toEqual([
    ['top', '95', undefined],
    ['a', '90', '95'],
  ]);
});

test('another set of coefficients that the plan holds ready becomes that of its grades, also where one waited for an input', () => {
  const own = `bands:
  - { id: a, from: 85, coefficient: 6.5 } # the source
  - { id: b, from: 0, to: 85, coefficient: { input: lower } }
  - { id: out, from: 0, to: 0, vetoOnly: true, coefficient: 0 }
presets:
  - { id: later, name: { zh: 后来的通知, en: Later notice }, coefficients: { a: 5, b: 3 } }
`;
  const presetsIn = (yaml: string) => {
    const read = readText(yaml);
    return 'raw' in read ? presetsOf(records(read.raw.presets), records(read.raw.bands)) : [];
  };
  const [later] = presetsIn(own);
  if (!later) throw new Error('no preset');
  expect([later.inUse, later.name.zh]).toEqual([false, '后来的通知']);
  const taken = takeCoefficients(own, bandsOf(own), later.coefficients);
  expect(bandsOf(taken).map(({ coefficient }) => coefficient)).toEqual(['5', '3', '0']);
  expect(presetsIn(taken).map(({ inUse }) => inUse)).toEqual([true]);
  expect(taken).toContain('# the source');
  expect(presetsIn(own.replace('coefficients: { a: 5, b: 3 }', 'coefficients: { c: 5 }'))).toEqual([]);
});
