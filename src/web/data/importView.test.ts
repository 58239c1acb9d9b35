import { expect, test } from 'vitest';
import { parseRejects } from './importView.ts';

const head = '_kind,_file,_line,_column,_value,_reason,ticket_id\n';

test('a rejects file is read with quotes, commas and line breaks inside values', () => {
  const rows = parseRejects(`${head}tickets,a.csv,12,created_at,"1,5 ""x""\ny",notAnInstant,t1\r\n`, 10);
  expect(rows).toEqual([
    { id: 1, file: 'a.csv', line: '12', column: 'created_at', value: '1,5 "x"\ny', reason: 'notAnInstant' },
  ]);
});

test('as many rows as asked for, and none that the end of what was read cut in two', () => {
  const line = 'tickets,a.csv,1,c,v,missing,t\n';
  expect(parseRejects(head + line.repeat(5), 3)).toHaveLength(3);
  expect(parseRejects(`${head}${line}tickets,a.c`, 3)).toHaveLength(1);
});

test('an empty file has no rows', () => expect(parseRejects('', 10)).toEqual([]));
