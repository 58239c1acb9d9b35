import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { rowsInOrder } from './rowsInOrderStore.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores.close());

const rows = 30_000;
const ids = Array.from({ length: rows }, (_, n) => `客服${String(n).padStart(6, '0')}`);

test('an answer of several blocks comes row by row, a stretch of keys at a time, none twice and none left out', async () => {
  const sql = `SELECT concat('客服', leftPad(toString(number), 6, '0')) AS id, repeat('格力', number % 40) AS said
    FROM numbers(${rows}) ORDER BY id`;
  const answer = await rowsInOrder<{ id: string; said: string }>(stores.clickhouse.all, sql, { key: 'id' });
  const [first, nothing, middle, rest] = [ids[9], ids[9], ids[20_000], '客服999999'].map((last) =>
    answer.upTo(last ?? ''),
  );
  expect([first?.length, nothing?.length]).toEqual([10, 0]);
  const all = [...(first ?? []), ...(middle ?? []), ...(rest ?? [])];
  expect(all.map(({ id }) => id)).toEqual(ids);
  expect(all.every(({ said }, n) => said === '格力'.repeat(n % 40))).toBe(true);
  expect(answer.upTo('客服999999')).toEqual([]);
});

test('no rows are no rows', async () => {
  const answer = await rowsInOrder<{ id: string }>(stores.clickhouse.all, `SELECT '' AS id WHERE 0`, { key: 'id' });
  expect(answer.upTo('z')).toEqual([]);
});
