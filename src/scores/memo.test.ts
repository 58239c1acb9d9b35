import { expect, test } from 'vitest';
import { Memo } from './memo.ts';

function counting(entriesMax = 10) {
  const data = { stamp: 'a', computed: 0 };
  const memo = new Memo<number>(async () => data.stamp, entriesMax);
  return { data, get: (key: string) => memo.get(key, async () => ++data.computed), memo };
}

test('computes once as long as the data stay the same, also for askers who come together', async () => {
  const { data, get } = counting();
  expect(await Promise.all([get('x'), get('x'), get('y')])).toEqual([1, 1, 2]);
  expect(await get('x')).toBe(1);
  data.stamp = 'b';
  expect(await get('x')).toBe(3);
});

test('what also changed is computed again in the place of the old', async () => {
  const { data, memo } = counting();
  const at = (hour: string) => memo.get('x', async () => ++data.computed, hour);
  expect([await at('10'), await at('10'), await at('11')]).toEqual([1, 1, 2]);
});

test('a failure is told to everybody who waits and not kept', async () => {
  const { memo, get } = counting();
  const failing = () => Promise.reject(new Error('engine down'));
  await expect(Promise.all([memo.get('x', failing), memo.get('x', failing)])).rejects.toThrow('engine down');
  expect(await get('x')).toBe(1);
});

test('what was not asked for longest goes first', async () => {
  const { get } = counting(2);
  await get('x');
  await get('y');
  await get('x');
  await get('z');
  expect([await get('x'), await get('y')]).toEqual([1, 4]);
});
