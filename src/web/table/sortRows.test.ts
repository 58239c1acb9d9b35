import { expect, test } from 'vitest';
import { sortRows } from './sortRows.ts';

const rows = [
  { name: '王五', total: 80 },
  { name: '李四', total: null },
  { name: '张三', total: 92.63 },
  { name: '赵六', total: 80 },
];

test('rows without a value stand last whichever way one sorts', () => {
  expect(sortRows(rows, (row) => row.total, true).map((row) => row.name)).toEqual(['张三', '王五', '赵六', '李四']);
  expect(sortRows(rows, (row) => row.total, false).map((row) => row.name)).toEqual(['王五', '赵六', '张三', '李四']);
});

test('equal rows keep their order and the given list stays as it was', () => {
  sortRows(rows, (row) => row.total, true);
  expect(rows[0]?.name).toBe('王五');
});

test('names sort as Chinese does, numbers inside them as numbers', () => {
  const named = [{ name: 'A10' }, { name: 'A9' }, { name: '张三' }, { name: '李四' }];
  expect(sortRows(named, (row) => row.name, false).map((row) => row.name)).toEqual(['李四', '张三', 'A9', 'A10']);
});
