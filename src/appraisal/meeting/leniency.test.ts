import { expect, it } from 'vitest';
import { leniencyOf, normalised, type Rating } from './leniency.ts';

const ratings = (rater: string, ...values: number[]): Rating[] =>
  values.map((value, i) => ({ item: 'supervisor', rater, agentId: `${rater}${i}`, value }));

it('compares each rater with the others on the same item, with an interval that widens with few ratings', () => {
  const found = leniencyOf([...ratings('mild', 90, 92, 94, 96), ...ratings('strict', 70, 72, 74, 80)]);
  expect(
    found.map(({ rater, n, mean, median, othersMean, difference }) => [rater, n, mean, median, othersMean, difference]),
  ).toEqual([
    ['mild', 4, 93, 93, 74, 19],
    ['strict', 4, 74, 73, 93, -19],
  ]);
  // Welch: s² 20/3 and 56/3, standard error 2.516611, 4.9 degrees of freedom, t 2.5862.
  const [low, high] = found[0]?.interval ?? [0, 0];
  expect([low, high].map((end) => end.toFixed(2))).toEqual(['12.49', '25.51']);
});

it('after the normalisation everybody has the mean of all, and order within one rater stays', () => {
  const all = [...ratings('mild', 90, 92, 94, 96), ...ratings('strict', 70, 72, 74, 80)];
  for (const { normalisedMean } of leniencyOf(all)) expect(normalisedMean).toBeCloseTo(83.5, 10);
  const after = normalised(
    [70, 72, 74, 80],
    all.map(({ value }) => value),
  );
  expect(after).toEqual(after.toSorted((a, b) => a - b));
  expect(normalised([90, 90, 90], [90, 90, 90, 60])).toEqual([82.5, 82.5, 82.5]);
});

it('says nothing of whoever rated fewer than three people, nor of an item with one rater', () => {
  expect(leniencyOf([...ratings('mild', 90, 91, 92), ...ratings('rare', 60, 61)])).toEqual([]);
  expect(leniencyOf(ratings('alone', 80, 81, 82))).toEqual([]);
});
