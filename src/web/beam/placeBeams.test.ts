import { describe, expect, test } from 'vitest';
import { type BeamItem, drawn, segments, stackBeams } from './placeBeams.ts';

const item = (
  id: string,
  weight: number | null,
  points: number | null,
  teamMedian: number | null = null,
): BeamItem => ({
  id,
  weight,
  points,
  teamMedian,
});

describe('stacked beams', () => {
  const { beams, total, scale } = stackBeams([
    item('fcr', 20, 19.2941, 18),
    item('cycle', 15, 14.7),
    item('csat', 15, 15),
    item('repeat', null, null),
    item('fix', 50, 30),
  ]);

  test('line up: each begins where the points before it end, and the last one ends at the total', () => {
    for (const [at, beam] of beams.entries()) {
      const before = beams[at - 1];
      expect(beam.start).toBeCloseTo(before ? before.start + before.won : 0, 10);
    }
    const last = beams.at(-1);
    expect(last && last.start + last.won).toBeCloseTo(total, 10);
    expect(total).toBeCloseTo(78.9941, 10);
  });

  test('show what was lost as the rest of the weight', () => {
    expect(beams[0]?.lost).toBeCloseTo(0.7059, 10);
    expect(beams[2]?.lost).toBe(0);
  });

  test('put the median on the same scale as the points', () => expect(beams[0]?.median).toBe(18));

  test('an item without data takes no room and is not a zero', () => {
    expect(beams[3]).toMatchObject({ scored: false, weight: 0, won: 0 });
    expect(beams[2]?.scored).toBe(true);
  });

  test('a bonus past 100 widens the scale instead of leaving the paper', () => {
    expect(scale).toBe(100);
    expect(stackBeams([item('a', 100, 98), item('bonus', 5, 5)]).scale).toBe(103);
  });
});

test('segments of one line keep their place whatever was won', () => {
  const weak = segments([item('a', 60, 10), item('b', 40, 40)]);
  const strong = segments([item('a', 60, 60), item('b', 40, 1)]);
  expect(weak.parts.map((part) => part.start)).toEqual(strong.parts.map((part) => part.start));
  expect(weak.scale).toBe(100);
});

test('what is absent is not drawn as zero', () => expect(drawn(null)).toBeNull());
