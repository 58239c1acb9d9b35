import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { csvOf, xlsxOf } from './cardFiles.ts';
import type { CardTable } from './cardTable.ts';

const attacks = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\u00a0=cmd|x'];
const table: CardTable = {
  header: ['工号', '姓名', '得分'],
  rows: [
    ...attacks.map((name, i) => [{ text: `a${i}` }, { text: name }, { number: '92.63' }]),
    [{ text: 'b' }, { text: '赵,"一"' }, null],
    [{ text: 'c' }, { text: '钱-二' }, { number: '-18.3333333333333' }],
  ],
};

test('no text in a CSV file can begin a formula, and nothing else is changed', () => {
  const lines = csvOf(table).split('\r\n');
  expect(lines[0]).toBe('\ufeff工号,姓名,得分');
  attacks.forEach((attack, i) => {
    const cell = csvOf({ header: [], rows: [[{ text: attack }]] }).slice(3, -2);
    expect([i, cell]).toEqual([i, `"'${attack}"`]);
  });
  expect(lines.at(-3)).toBe('b,"赵,""一""",');
  expect(lines.at(-2)).toBe('c,钱-二,-18.3333');
});

test('an Excel file keeps text as text and numbers as numbers, and has no formula', async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(await xlsxOf(table, '方案/2026-10')).buffer);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  expect(sheet.name).toBe('方案 2026-10');
  attacks.forEach((attack, i) => {
    const cell = sheet.getCell(i + 2, 2);
    expect([cell.type, cell.formula, cell.text.trim()]).toEqual([ExcelJS.ValueType.String, undefined, attack.trim()]);
  });
  expect(sheet.getCell(2, 3).value).toBe(92.63);
  expect(sheet.getCell(attacks.length + 2, 3).value).toBe(null);
});
