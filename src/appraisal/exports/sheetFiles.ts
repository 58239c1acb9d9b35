import type { Language } from '../../platform/language.ts';
import { type CardFile, csvLine, workbookOf } from '../../scores/cardFiles.ts';
import type { Cell } from '../../scores/cardTable.ts';
import { type Sheet, sheetTitles } from './sheet.ts';

/** All sheets as one workbook. */
export async function workbookFile(sheets: readonly Sheet[], name: string, language: Language): Promise<CardFile> {
  const body = await workbookOf(
    sheets.map(({ name: sheet, columns, rows }) => ({
      name: sheetTitles[sheet][language],
      header: columns.map(({ title }) => title[language]),
      widths: columns.map(({ width }) => width ?? 12),
      rows: rows(),
    })),
  );
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Uint8Array.from(body),
  };
}

/** One sheet as CSV. */
export async function csvFile({ columns, rows }: Sheet, name: string, language: Language): Promise<CardFile> {
  const parts = [`\ufeff${csvLine(columns.map(({ title }): Cell => ({ text: title[language] })))}`];
  for await (const cells of rows()) parts.push(csvLine(cells));
  return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', body: encoded(parts) };
}

/** What heads the JSON document. */
export type DocumentHead = Readonly<Record<string, string | number | null>>;

/** The same rows as one JSON document: numbers as exact decimal strings, null where there is none. */
export async function jsonFile(sheets: readonly Sheet[], name: string, head: DocumentHead): Promise<CardFile> {
  const parts = [JSON.stringify(head).slice(0, -1)];
  for (const { name: sheet, columns, rows } of sheets) {
    parts.push(`,\n${JSON.stringify(sheet)}:[`);
    let comma = '';
    for await (const cells of rows()) {
      const row = Object.fromEntries(columns.map(({ key }, i) => [key, plainOf(cells[i] ?? null)]));
      parts.push(`${comma}\n${JSON.stringify(row)}`);
      comma = ',';
    }
    parts.push(']');
  }
  parts.push('}\n');
  return { name: `${name}.json`, type: 'application/json; charset=utf-8', body: encoded(parts) };
}

function plainOf(cell: Cell): string | number | null {
  if (cell === null) return null;
  if ('text' in cell) return cell.text;
  return cell.whole ? Number(cell.number) : cell.number;
}

const encoded = (parts: readonly string[]) => new TextEncoder().encode(parts.join(''));
