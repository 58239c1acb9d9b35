import { BadInput } from '../platform/errors.ts';
import { CsvRows } from './csvRows.ts';
import { decode } from './decode.ts';
import { headerNames } from './headerNames.ts';
import { openSource, Refused } from './source.ts';
import { sheetRows } from './xlsxRecords.ts';
import { checkZip } from './zipCheck.ts';

interface TableRow {
  /** Where the row begins, as an editor or the sheet counts. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

const limits = { bytes: 5_000_000, rows: 20_000 } as const;

/**
 * A small table that is no data of the open format, all of it: CSV (UTF-8 or GB18030, comma, semicolon or tab) or the first
 * sheet of an xlsx. Cells are trimmed; those beyond the header are left out. Throws BadInput `table.unreadable`, `table.tooLarge`.
 */
export async function readTable(path: string): Promise<{ names: string[]; rows: TableRow[] }> {
  try {
    const source = await openSource(path, null, { hash: false });
    if (source.bytes > limits.bytes) throw new BadInput('table.tooLarge', { file: path, rows: limits.rows });
    const isBook = path.toLowerCase().endsWith('.xlsx');
    if (isBook) await checkZip(source.path, source.bytes);
    const lines = isBook ? sheetRows(source, undefined) : csvLines(source.read());
    const rows: TableRow[] = [];
    let names: string[] | null = null;
    for await (const { number, cells } of lines) {
      if (names === null) names = headerNames(cells);
      else
        rows.push({
          line: number,
          cells: Object.fromEntries(names.map((name, at) => [name, cells[at]?.trim() ?? ''])),
        });
      if (rows.length > limits.rows) throw new BadInput('table.tooLarge', { file: path, rows: limits.rows });
    }
    if (names === null) throw new Refused('emptyFile');
    return { names, rows };
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    throw new BadInput('table.unreadable', { file: path, reason: cause.reason }, { cause });
  }
}

async function* csvLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<{ number: number; cells: string[] }> {
  const parts: Buffer[] = [];
  for await (const part of decode(bytes)) parts.push(part);
  const lines = Buffer.concat(parts).toString('utf8').split('\n');
  const head = lines[0] ?? '';
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  const delimiter = counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
  const reader = new CsvRows(delimiter);
  let begins = 1;
  for (const [at, line] of lines.entries()) {
    for (const cells of reader.push(`${line}\n`)) {
      if (cells.some((cell) => cell.trim() !== '')) yield { number: begins, cells };
      begins = at + 2;
    }
  }
}
