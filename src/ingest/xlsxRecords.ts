import { headerNames } from './headerNames.ts';
import type { Records } from './records.ts';
import { faultText, RowWriter, recordText } from './rowWriter.ts';
import { type Packing, Refused, type Source } from './source.ts';
import { checkZip } from './zipCheck.ts';

interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** One sheet of a workbook, row by row. Its first row that is not empty is the header. */
export async function xlsxRecords(source: Source, packing: Packing, sheet: string | undefined): Promise<Records> {
  if (packing) throw new Refused('unknownFormat');
  await checkZip(source.path, source.bytes);
  const rows = sheetRows(source, sheet);
  const first = await rows.next();
  if (first.done) throw new Refused('emptyFile');
  const names = headerNames(first.value.cells);
  const writer = new RowWriter();
  return {
    file: { names, more: false },
    delimiter: ',',
    count: () => writer.records,
    encoding: () => 'none',
    async *framed() {
      for await (const { number, cells } of rows) {
        const fitted = names.map((_, index) => cells[index] ?? '');
        if (cells.slice(names.length).some((cell) => cell !== '')) {
          writer.add(number, faultText('columnCount', cells.join(' ').slice(0, 2000), names.length, fitted));
        } else writer.add(number, recordText(fitted));
        if (writer.full) yield writer.take();
      }
      yield writer.take();
    },
  };
}

/** Names of the sheets, in the order of the file. */
export async function sheetNames(source: Source): Promise<string[]> {
  await checkZip(source.path, source.bytes);
  const names: string[] = [];
  for await (const sheet of sheetsOf(source)) {
    names.push(nameOf(sheet));
    // A sheet has to be read to reach the next one.
    for await (const _ of sheet);
  }
  return names;
}

const triesMax = 5;

/**
 * The sheets of a workbook one after the other. The library now and then ends before the last part of a file, which is where it writes
 * the list of sheets itself; without that list it comes to no sheet, so whoever asks has seen none, and the file is read once more.
 * @throws Refused `damaged` where there is no such list.
 */
async function* sheetsOf(source: Source) {
  // Only now: it is a fifth of what `heng` would load at every start.
  const { default: ExcelJS } = await import('exceljs');
  for (let tries = 1; tries <= triesMax; tries++) {
    const workbook = new ExcelJS.stream.xlsx.WorkbookReader(source.stream(), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    });
    try {
      yield* workbook;
      return;
    } catch (cause) {
      if ('model' in workbook && workbook.model !== undefined) throw cause;
    }
  }
  throw new Refused('damaged');
}

function nameOf(sheet: object): string {
  return 'name' in sheet && typeof sheet.name === 'string' ? sheet.name : '';
}

export async function* sheetRows(source: Source, wanted: string | undefined): AsyncGenerator<SheetRow> {
  let found = false;
  for await (const sheet of sheetsOf(source)) {
    if (found || (wanted !== undefined && nameOf(sheet) !== wanted)) {
      for await (const _ of sheet);
      continue;
    }
    found = true;
    for await (const row of sheet) {
      const values: readonly unknown[] = Array.isArray(row.values) ? row.values.slice(1) : [];
      const cells = Array.from(values, (value) => valueText(value).trim());
      if (cells.some((cell) => cell !== '')) yield { number: row.number, cells };
    }
  }
  if (!found) throw new Refused('sheetMissing');
}

/** What a reader of the sheet sees, times as wall-clock time: a workbook knows no zones. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : wallClock(value);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText
      .map((run: unknown) => (typeof run === 'object' && run && 'text' in run ? String(run.text) : ''))
      .join('');
  }
  if ('result' in value) return valueText(value.result);
  if ('text' in value) return valueText(value.text);
  if ('error' in value) return String(value.error);
  return '';
}

function wallClock(date: Date): string {
  // Midnight is a time like any other; where a day is wanted, it is that day.
  return date
    .toISOString()
    .slice(0, 23)
    .replace(/\.000$/, '');
}
