import { expect, test } from 'vitest';
import { type Distribution, forcedGrades, type Ranked, rankedPools } from './forcedGrades.ts';

const name = { zh: '等级', en: 'grade' };
const five: Distribution = {
  top: { id: 'rocket', name, share: '5', levels: '1' },
  second: { id: 'satellite', name, share: '20', levels: '2' },
  standard: { id: 'standard', name, levels: '3' },
  bottom: { id: 'improve', name, share: '15', levels: '2' },
  vetoed: { id: 'unqualified', name, levels: '1' },
  pool: 'all',
  smallest: '20',
  otherwise: 'bands',
};
const person = (id: number, total: string, more: Partial<Ranked> = {}): Ranked => ({
  ...{ id: String(id), total, vetoed: false, team: '', shop: '' },
  ...more,
});
/** So many people, each with the total of its place from 100 down, unless told otherwise. */
const people = (n: number, totalOf: (place: number) => string = (place) => (100 - place / 2).toFixed(2)) =>
  Array.from({ length: n }, (_, place) => person(place, totalOf(place)));
const counts = (distribution: Distribution, all: readonly Ranked[]) => {
  const found: Record<string, number> = {};
  for (const forced of forcedGrades(distribution, all).values()) {
    const grade = forced?.grade ?? 'none';
    found[grade] = (found[grade] ?? 0) + 1;
  }
  return found;
};

test('forty people without ties are 2, 8, 24 and 6', () => {
  expect(counts(five, people(40))).toEqual({ rocket: 2, satellite: 8, standard: 24, improve: 6 });
});

test('shares are rounded down: of 59 people 2 are top, 14 top or second, 8 bottom', () => {
  expect(counts(five, people(59))).toEqual({ rocket: 2, satellite: 12, standard: 37, improve: 8 });
});

test('a tie across an edge falls at the top and rises at the bottom', () => {
  // Places 1 and 2 tie for the last of two top places: both are second. The last seven tie for six bottom places: all standard.
  const tied = people(40, (place) =>
    place === 1 || place === 2 ? '99.00' : place >= 33 ? '60.00' : (98 - place / 2).toFixed(2),
  );
  const top = tied.map((each) => (each.id === '0' ? { ...each, total: '99.50' } : each));
  expect(counts(five, top)).toEqual({ rocket: 1, satellite: 9, standard: 30 });
});

test('when everybody has the same total, everybody is standard', () => {
  expect(
    counts(
      five,
      people(100, () => '80.00'),
    ),
  ).toEqual({ standard: 100 });
});

test('nineteen people are not ranked, twenty are', () => {
  expect(counts(five, people(19))).toEqual({ none: 19 });
  expect(counts(five, people(20))).toEqual({ rocket: 1, satellite: 4, standard: 12, improve: 3 });
});

test('small pools are ranked together where the plan merges them', () => {
  const teams = people(50).map((each, i) => ({ ...each, team: i < 30 ? '一组' : i < 40 ? '二组' : '三组' }));
  expect(counts({ ...five, pool: 'team' }, teams)).toEqual({
    rocket: 1,
    satellite: 6,
    standard: 19,
    improve: 4,
    none: 20,
  });
  expect(counts({ ...five, pool: 'team', otherwise: 'merge' }, teams)).toEqual({
    rocket: 2,
    satellite: 10,
    standard: 31,
    improve: 7,
  });
});

test('people of no team, however many, are ranked with the small pools: one pool has no name', () => {
  const teams = people(80).map((each, i) => ({
    ...each,
    team: i < 30 ? '一组' : i < 55 ? '' : i < 67 ? '二组' : '三组',
  }));
  const merging = { ...five, pool: 'team', otherwise: 'merge' } as const;
  expect(rankedPools(merging, teams).map(({ name, people: { length } }) => [name, length])).toEqual([
    ['一组', 30],
    ['', 50],
  ]);
  // Nor do they stand alone where there is nobody else without a large pool.
  expect(rankedPools(merging, teams.slice(0, 55)).map(({ name }) => name)).toEqual(['一组', '']);
});

test('a red line has its own grade and takes nobody’s place', () => {
  const grades = forcedGrades(five, [...people(20), person(99, '100.00', { vetoed: true })]);
  expect(grades.get('99')).toEqual({ grade: 'unqualified', level: 1 });
  expect(grades.get('0')).toEqual({ grade: 'rocket', level: 1 });
});

test('the places of a grade are split over its levels, and who ties shares the better one', () => {
  const grades = forcedGrades(
    five,
    people(40, (place) => (place === 5 ? '98.00' : (100 - place / 2).toFixed(2))),
  );
  const levels = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => grades.get(String(from + i))?.level);
  // Places 2 to 9 are second: the first four level 1, the others level 2; 4 and 5 tie.
  expect(levels(2, 10)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  expect(levels(34, 40)).toEqual([1, 1, 1, 2, 2, 2]);
});
