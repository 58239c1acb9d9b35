import { afterAll, beforeAll, expect, test } from 'vitest';
import { literal } from './literal.ts';
import { type ImportBench, openImportBench } from './testImport.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench.close());

const nasty = [
  "it's",
  '\\',
  "\\'",
  "'; DROP TABLE messages; --",
  'a\0b',
  '{x:String}',
  '\n\r\t',
  '`',
  '\u2028',
  '😀',
  '%s',
];

test('no text can leave the quotation marks it is put in', async () => {
  const [row] = await bench.rows<{ values: string[] }>(`SELECT [${nasty.map(literal).join(', ')}] AS values`);
  expect(row?.values).toEqual(nasty);
});

test('headers are data too', async () => {
  const names = nasty.map((name) => name.trim()).filter((name) => name !== '' && !/[\0\n\r]/.test(name));
  const header = ['session_id', 'at', 'sender', ...names].map((name) => `"${name}"`).join(',');
  const row = ['S1', '2026-10-01T09:00:00Z', 'customer', ...names.map((_, n) => `v${n}`)].join(',');
  expect((await bench.importText('messages.csv', `${header}\n${row}\n`)).files).toMatchObject([{ accepted: 1 }]);
  const [landed] = await bench.rows<{ attributes: Record<string, string> }>('SELECT attributes FROM messages');
  expect(landed?.attributes).toEqual(Object.fromEntries(names.map((name, n) => [name, `v${n}`])));
});
