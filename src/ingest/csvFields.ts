const LF = 10;
const CR = 13;
const QUOTE = 34;

/** In front of a CSV that people open. */
export const byteOrderMark = '\ufeff';

/** One field as the engine reads it back: always in quotes, so that no content can end it. */
export function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** The fields of one record, read as forgivingly as can be: also of a record whose quotation marks are wrong. */
export function splitFields(record: Buffer, delimiter: number): string[] {
  const fields: string[] = [];
  let i = 0;
  for (;;) {
    if (record[i] === QUOTE) {
      let close = record.indexOf(QUOTE, i + 1);
      while (close >= 0 && record[close + 1] === QUOTE) close = record.indexOf(QUOTE, close + 2);
      const after = close < 0 ? undefined : record[close + 1];
      if (close >= 0 && (after === undefined || after === delimiter || after === CR || after === LF)) {
        fields.push(record.toString('utf8', i + 1, close).replaceAll('""', '"'));
        if (after !== delimiter) return fields;
        i = close + 2;
        continue;
      }
    }
    const end = record.indexOf(delimiter, i);
    if (end < 0) {
      fields.push(record.toString('utf8', i));
      return fields;
    }
    fields.push(record.toString('utf8', i, end));
    i = end + 1;
  }
}

/** A rising number in ASCII digits, moved on in place: written once per record, so it must cost nothing. */
export class LineCounter {
  private digits = Buffer.alloc(16, 48);
  private first = 15;

  set(value: number): void {
    this.digits.fill(48);
    const text = String(value);
    this.first = 16 - text.length;
    this.digits.write(text, this.first, 'latin1');
  }

  next(): void {
    let i = 15;
    while (this.digits[i] === 57) this.digits[i--] = 48;
    this.digits[i] = (this.digits[i] as number) + 1;
    if (i < this.first) this.first = i;
  }

  /** Writes the number at `at` and answers where it ends. */
  write(target: Buffer, at: number): number {
    let end = at;
    for (let i = this.first; i < 16; i++) target[end++] = this.digits[i] as number;
    return end;
  }
}
