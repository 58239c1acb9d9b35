import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPlan } from '../../scores/planText.ts';
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
  const shipped = readFileSync(new URL('../../../plans/jd-service-desk.yaml', import.meta.url), 'utf8');
  const presetsIn = (yaml: string) => {
    const read = readText(yaml);
    return 'raw' in read ? presetsOf(records(read.raw.presets), records(read.raw.bands)) : [];
  };
  const [later] = presetsIn(shipped);
  if (!later) throw new Error('no preset');
  expect(later.inUse).toBe(false);
  const taken = takeCoefficients(shipped, bandsOf(shipped), later.coefficients);
  const bands = readPlan(taken).plan?.bands ?? [];
  expect(bands.map(({ id, coefficient }) => `${id} ${coefficient}`)).toEqual([
    ...['a_plus 6', 'a 5', 'b_plus 4', 'b 3', 'unqualified 0'],
  ]);
  expect(presetsIn(taken).map(({ inUse }) => inUse)).toEqual([true]);
  // Nothing else of the plan moves.
  expect({ ...readPlan(taken).plan, bands: [] }).toEqual({ ...readPlan(shipped).plan, bands: [] });
});
