import { expect, test } from 'vitest';
import type { BackTest } from '../../scores/backTestSchemas.ts';
import { moveTable, pairedBins } from './tryView.ts';

const grade = (id: string) => ({ id, zh: id, en: id });
const side = (counts: readonly number[], unrated = 0): BackTest['before'] => ({
  ...{ id: 'p', name: grade('p'), versions: [1], rated: 0, unrated, vetoed: 0, meanTotal: null },
  distribution: counts.map((count, place) => ({ from: place * 5, to: place * 5 + 5, count })),
  grades: [
    { grade: grade('a'), count: 0 },
    { grade: grade('b'), count: 0 },
  ],
  cost: { coefficients: '0', withoutCoefficient: 0, payFen: null, bonus: null },
  ranks: [],
});

test('every move stands in its row and column, and people without a grade have theirs', () => {
  const moves = [
    { before: grade('a'), after: grade('b'), count: 3 },
    { before: null, after: grade('a'), count: 2 },
    { before: grade('b'), after: grade('b'), count: 4 },
  ];
  const { columns, rows } = moveTable({ moves, before: side([], 2), after: side([]) });
  expect(columns.map((column) => column?.id)).toEqual(['a', 'b']);
  expect(rows.map(({ grade: row, counts, total }) => [row?.id, counts, total])).toEqual([
    ['a', [0, 3], 3],
    ['b', [0, 4], 4],
    [undefined, [2, 0], 2],
  ]);
});

test('both distributions share their bins, with one empty on either side', () => {
  const bins = pairedBins({ before: side([0, 0, 2, 0, 0, 0]), after: side([0, 0, 0, 5, 0, 0]) });
  expect(bins.map(({ from, before, after }) => [from, before, after])).toEqual([
    [5, 0, 0],
    [10, 2, 0],
    [15, 0, 5],
    [20, 0, 0],
  ]);
  expect(pairedBins({ before: side([0, 0]), after: side([0, 0]) })).toEqual([]);
});
