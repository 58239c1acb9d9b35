import { expect, test } from 'vitest';
import { placeRange } from './outlookView.ts';

test('a range lies inside its scale, whose marks are whole fives', () => {
  const { at, ticks } = placeRange([81.2, 92.6, 88]);
  expect(ticks).toEqual([80, 85, 90, 95]);
  for (const value of [81.2, 92.6, 88, 80, 95]) expect(at(value) >= 3 && at(value) <= 97).toBe(true);
  expect(at(81.2)).toBeLessThan(at(88));
});

test('a range of one point has a scale all the same, and none begins below zero', () => {
  expect(placeRange([90, 90]).ticks).toEqual([85, 90, 95]);
  expect(placeRange([0.4, 3]).ticks[0]).toBe(0);
});
