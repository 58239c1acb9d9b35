import { formulaStart } from '../ingest/formulaText.ts';
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

/** CSV with a byte order mark, which Excel needs for Chinese; text that looks like a formula is made plain by a leading quote. */
export function csvOf({ header, rows }: CardTable): string {
  return `\ufeff${[header.map((text): Cell => ({ text })), ...rows].map(csvLine).join('')}`;
}

/** One line of such a file. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if ('number' in cell) return shortNumber(cell.number);
  const plain = formulaStart.test(cell.text) ? `'${cell.text}` : cell.text;
  return /[",\r\n]/.test(plain) || plain !== cell.text ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export interface BookSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** By column; what is left out is as wide as a number. */
  readonly widths?: readonly number[];
}

export const xlsxOf = ({ header, rows }: CardTable, name: string): Promise<Uint8Array> =>
  workbookOf([{ name, header, rows, widths: [14, 14, 14, 14] }]);

/**
 * Numbers are numbers, text is text whatever it begins with: nothing in the file is a formula. Rows are written out as they come, so that
 * no more than the finished file is held.
 */
export async function workbookOf(sheets: readonly BookSheet[]): Promise<Uint8Array> {
  // Only now: it is a fifth of what `heng` would load at every start.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ useStyles: true, useSharedStrings: true });
  for (const { name, header, rows, widths = [] } of sheets) {
    const sheet = workbook.addWorksheet(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), {
      views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }],
    });
    sheet.columns = header.map((_, i) => ({ width: widths[i] ?? 12 }));
    const head = sheet.addRow([...header]);
    head.font = { bold: true };
    head.commit();
    for await (const cells of rows) {
      const row = sheet.addRow(
        cells.map((cell) => (cell === null ? null : 'text' in cell ? cell.text : Number(cell.number))),
      );
      cells.forEach((cell, i) => {
        if (cell !== null) row.getCell(i + 1).numFmt = 'text' in cell ? '@' : cell.whole ? '0' : '0.00';
      });
      row.commit();
    }
    sheet.commit();
  }
  await workbook.commit();
  // Without a stream given the writer keeps the file in one of its own, which its types do not tell of.
  const { stream } = workbook as unknown as { readonly stream: { read(): Uint8Array } };
  return new Uint8Array(stream.read());
}

/** At most four decimals: enough to check a score by hand. */
const shortNumber = (number: string): string => toDecimal(fraction(toFixed(fraction(number), 4)));
