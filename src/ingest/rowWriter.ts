import { quoted } from './csvFields.ts';
import type { Reason } from './reasons.ts';

/** What one record may hold, all its fields together. */
const recordCharsMax = 1 << 20;
const flushChars = 1 << 18;

/** A record as framed text, all but its line number in front. */
export function recordText(cells: readonly string[]): string {
  let length = 0;
  let zero = false;
  for (const cell of cells) {
    length += cell.length;
    if (cell.includes('\0')) zero = true;
  }
  if (length > recordCharsMax) return faultText('lineTooLong', cells.join(' ').slice(0, 2000), cells.length);
  if (zero) return faultText('nullByte', '', cells.length, cells);
  return `,,,${cells.map(quoted).join(',')}\n`;
}

/** A record that is rejected before the engine looks at it; `cells` is what could be read of it. */
export function faultText(reason: Reason, shown: string, columns: number, cells: readonly string[] = []): string {
  const fields = Array.from({ length: columns }, (_, index) => cells[index] ?? '');
  return `,${reason},${[shown, ...fields].map((cell) => quoted(cell.replaceAll('\0', '\u2400'))).join(',')}\n`;
}

/** Writes records that did not come as delimited text (JSON, workbooks, Parquet) in the same framed form. */
export class RowWriter {
  records = 0;
  private parts: string[] = [];
  private chars = 0;

  add(line: number, record: string): void {
    this.records++;
    this.parts.push(`${line}${record}`);
    this.chars += record.length;
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
