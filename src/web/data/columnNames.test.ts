import { expect, test } from 'vitest';
import { kindNames, kinds } from '../../ingest/kinds.ts';
import { columnName } from './columnNames.ts';

test('every column of the open format has a Chinese name', () => {
  const names = kindNames.flatMap((kind) => kinds[kind].columns.map((column) => column.name));
  expect(names.filter((name) => columnName(name, 'zh') === name)).toEqual([]);
});
