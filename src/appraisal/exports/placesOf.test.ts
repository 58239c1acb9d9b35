import { expect, test } from 'vitest';
import { placesOf } from './placesOf.ts';

const standing = (agentId: string, total: string | null, planId = 'p') => ({ agentId, planId, total });

test('places are by total within a plan, equal totals share the better one, and the unrated have none', () => {
  const places = placesOf([
    ...[standing('a', '80'), standing('b', '100.00'), standing('c', '80.00'), standing('d', null)],
    ...[standing('e', '9.5'), standing('z', '1', 'q')],
  ]);
  const of = (agentId: string) => [places.get(agentId)?.place, places.get(agentId)?.placed];
  expect(['a', 'b', 'c', 'd', 'e', 'z'].map(of)).toEqual([
    [2, 4],
    [1, 4],
    [2, 4],
    [null, 4],
    [4, 4],
    [1, 1],
  ]);
});

// Comparing everybody with everybody would take minutes.
test('a pool of a hundred thousand is placed within the time a test has', () => {
  const many = Array.from({ length: 100_000 }, (_, n) => standing(`${n}`, String((n * 7919) % 10_007)));
  expect(placesOf(many).get('0')).toEqual({ place: 100_000 - Math.ceil(100_000 / 10_007) + 1, placed: 100_000 });
});
