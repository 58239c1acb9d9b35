import { quoted } from './csvFields.ts';
import type { Reason } from './reasons.ts';

/** What one record may hold, all its fields together. */
const recordCharsMax = 1 << 20;
const flushChars = 1 << 18;

/** Writes records that did not come as delimited text (JSON, workbooks, Parquet) in the same framed form. */
export class RowWriter {
  records = 0;
  private parts: string[] = [];
  private chars = 0;

  add(line: number, cells: readonly string[]): void {
    let length = 0;
    let zero = false;
    for (const cell of cells) {
      length += cell.length;
      if (cell.includes('\0')) zero = true;
    }
    if (length > recordCharsMax)
      this.fault(
        line,
        'lineTooLong',
        cells.join(' ').slice(0, 2000),
        cells.map(() => ''),
      );
    else if (zero)
      this.fault(
        line,
        'nullByte',
        '',
        cells.map((cell) => cell.replaceAll('\0', '\u2400')),
      );
    else this.put(`${line},,,${cells.map(quoted).join(',')}\n`);
  }

  fault(line: number, reason: Reason, shown: string, cells: readonly string[]): void {
    this.put(`${line},${reason},${[shown.replaceAll('\0', '\u2400'), ...cells].map(quoted).join(',')}\n`);
  }

  private put(row: string): void {
    this.records++;
    this.parts.push(row);
    this.chars += row.length;
  }

  get full(): boolean {
    return this.chars >= flushChars;
  }

  take(): Buffer {
    const out = Buffer.from(this.parts.join(''));
    this.parts = [];
    this.chars = 0;
    return out;
  }
}
