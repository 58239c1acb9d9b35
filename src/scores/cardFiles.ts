import ExcelJS from 'exceljs';
import type { CardTable, Cell } from './cardTable.ts';
import { fraction, toDecimal, toFixed } from './fraction.ts';

export interface CardFile {
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A table as a file to take away; `name` without its ending. */
export async function tableFile(
  table: CardTable,
  format: 'csv' | 'xlsx',
  name: string,
  sheetName: string,
): Promise<CardFile> {
  return format === 'csv'
    ? { name: `${name}.csv`, type: 'text/csv; charset=utf-8', body: new TextEncoder().encode(csvOf(table)) }
    : {
        name: `${name}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: Uint8Array.from(await xlsxOf(table, sheetName)),
      };
}

/** What a spreadsheet would take for a formula or a command, at the start of a cell, also behind blanks. */
const formulaStart = /^[\s\u00a0\ufeff]*[=+\-@\t\r＝＋－＠]/;

/** CSV with a byte order mark, which Excel needs for Chinese; text that looks like a formula is made plain by a leading quote. */
export function csvOf({ header, rows }: CardTable): string {
  const lines = [header.map((text): Cell => ({ text })), ...rows].map((cells) => cells.map(csvCell).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if ('number' in cell) return shortNumber(cell.number);
  const plain = formulaStart.test(cell.text) ? `'${cell.text}` : cell.text;
  return /[",\r\n]/.test(plain) || plain !== cell.text ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Numbers are numbers, text is text whatever it begins with: nothing in the file is a formula. */
export async function xlsxOf({ header, rows }: CardTable, sheetName: string): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }],
  });
  sheet.addRow([...header]).font = { bold: true };
  for (const cells of rows) {
    const row = sheet.addRow(
      cells.map((cell) => (cell === null ? null : 'text' in cell ? cell.text : Number(cell.number))),
    );
    cells.forEach((cell, i) => {
      if (cell !== null) row.getCell(i + 1).numFmt = 'text' in cell ? '@' : '0.00';
    });
  }
  sheet.columns.forEach((column, i) => {
    column.width = i < 4 ? 14 : 12;
  });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** At most four decimals: enough to check a score by hand. */
const shortNumber = (number: string): string => toDecimal(fraction(toFixed(fraction(number), 4)));
