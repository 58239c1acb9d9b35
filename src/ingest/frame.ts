import { isUtf8 } from 'node:buffer';
import { LineCounter, quoted, splitFields } from './csvFields.ts';
import type { Reason } from './reasons.ts';

/** A record longer than this is rejected as `lineTooLong`; its bytes are dropped as they come, never collected. */
export const recordBytesMax = 1 << 20;
/** What is kept of a faulty record to show it. */
const shownBytes = 2000;

const NUL = 0;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const nothing: Buffer = Buffer.alloc(0);

export interface FrameOptions {
  /** One byte: comma, tab or semicolon. The output has the same. */
  readonly delimiter: number;
  /** Fields a record must have. */
  readonly columns: number;
  /** Physical line of the first byte. */
  readonly firstLine: number;
}

/** What the scan of one record found. */
interface Found {
  /** Index after the record's line end; -1 while its end is not in the buffer. */
  next: number;
  /** Index after the record's last byte. */
  end: number;
  /** Physical lines it takes up. */
  lines: number;
  fault: Reason | '';
  /** It has a bare carriage return outside quotes: sound, but the engine reads that only inside quotes. */
  bareReturn: boolean;
}

/**
 * Cuts delimited text into records and writes each with three fields in front: its physical line, its fault (empty
 * for a sound record), and the beginning of a faulty one as it came. A faulty record has its fields padded or cut to
 * the number of columns, so the reader downstream never fails. A stray quotation mark costs its own line only.
 */
export class Framer {
  /** Records seen, sound and faulty. */
  records = 0;
  /** The last record is sound and has no line end: it may have been cut within its last field. */
  endsOpen = false;
  private carry = nothing;
  /** The beginning of an over-long record whose rest is being dropped. */
  private dropped: Buffer | null = null;
  private out = nothing;
  private size = 0;
  private readonly line = new LineCounter();
  private readonly found: Found = { next: -1, end: 0, lines: 0, fault: '', bareReturn: false };

  constructor(private readonly options: FrameOptions) {
    this.line.set(options.firstLine);
  }

  /** Frames the records that are complete; the rest waits for more. */
  push(chunk: Buffer): Buffer {
    return this.frame(chunk, false);
  }

  end(): Buffer {
    return this.frame(nothing, true);
  }

  /** The input broke off for the reason given: the record it broke off in is rejected for it. */
  breakOff(reason: Reason): Buffer {
    this.out = Buffer.allocUnsafe(4 * shownBytes);
    this.size = 0;
    this.writeFields(this.dropped ?? this.carry.subarray(0, shownBytes), reason);
    this.records++;
    return this.out.subarray(0, this.size);
  }

  private frame(chunk: Buffer, last: boolean): Buffer {
    const buf = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    this.out = Buffer.allocUnsafe(Math.ceil(buf.length * 1.25) + 4 * shownBytes);
    this.size = 0;
    let at = this.dropped ? this.drop(buf, last) : 0;
    const whole = last ? buf.length : buf.lastIndexOf(LF) + 1;
    const body = buf.subarray(at, Math.max(at, whole));
    const sound = !body.includes(NUL);
    const text = isUtf8(body);
    while (at < buf.length) {
      this.scan(buf, at, last);
      if (this.found.next < 0 && !this.giveUpLine(buf, at, last)) break;
      this.write(buf, at, sound, text);
      at = this.found.next;
    }
    if (last) this.endsOpen = buf.length > 0 && buf.at(-1) !== LF && this.found.fault === '';
    this.carry = this.dropped || at >= buf.length ? nothing : Buffer.from(buf.subarray(at));
    return this.out.subarray(0, this.size);
  }

  private scan(buf: Buffer, start: number, last: boolean): void {
    const found = this.found;
    const { delimiter, columns } = this.options;
    const limit = Math.max(delimiter, CR);
    const n = buf.length;
    let i = start;
    let fields = 1;
    found.next = -1;
    found.lines = 1;
    found.fault = '';
    found.bareReturn = false;
    for (;;) {
      if (i < n && buf[i] === QUOTE) {
        let close = buf.indexOf(QUOTE, i + 1);
        while (close >= 0 && buf[close + 1] === QUOTE) close = buf.indexOf(QUOTE, close + 2);
        if (close < 0 || (close + 1 === n && !last)) return;
        for (let feed = buf.indexOf(LF, i); feed >= 0 && feed < close; feed = buf.indexOf(LF, feed + 1)) found.lines++;
        i = close + 1;
        const after = buf[i];
        if (i < n && after !== delimiter && after !== LF && !(after === CR && (i + 1 >= n || buf[i + 1] === LF))) {
          found.fault = 'badQuotes';
          return;
        }
      }
      let b = -1;
      for (; i < n; i++) {
        b = buf[i] as number;
        if (b > limit) continue;
        if (b === delimiter || b === LF) break;
        if (b === CR && i + 1 < n && buf[i + 1] !== LF) found.bareReturn = true;
      }
      if (i < n && b === delimiter) {
        fields++;
        i++;
        continue;
      }
      if (i >= n && !last) return;
      found.end = i > start && buf[i - 1] === CR ? i - 1 : i;
      found.next = Math.min(i + 1, n);
      if (fields !== columns) found.fault = i < n ? 'columnCount' : 'halfWritten';
      return;
    }
  }

  /** The record at `start` does not end here: true when its first line alone is given up, and `found` holds it. */
  private giveUpLine(buf: Buffer, start: number, last: boolean): boolean {
    const found = this.found;
    const tooLong = buf.length - start > recordBytesMax;
    if (found.fault !== 'badQuotes' && !tooLong && !last) return false;
    const feed = buf.indexOf(LF, start);
    if (feed < 0 && !last) {
      if (tooLong) this.dropped = Buffer.from(buf.subarray(start, start + shownBytes));
      return false;
    }
    if (found.fault === '') found.fault = last ? 'halfWritten' : 'badQuotes';
    found.lines = 1;
    found.end = feed < 0 ? buf.length : feed;
    found.next = feed < 0 ? buf.length : feed + 1;
    return true;
  }

  /** Skips the rest of an over-long record and answers where the next one begins. */
  private drop(buf: Buffer, last: boolean): number {
    const feed = buf.indexOf(LF);
    if (feed < 0 && !last) return buf.length;
    this.writeFields(this.dropped ?? nothing, 'lineTooLong');
    this.dropped = null;
    this.records++;
    this.line.next();
    return feed < 0 ? buf.length : feed + 1;
  }

  private write(buf: Buffer, start: number, sound: boolean, text: boolean): void {
    const { end, lines, bareReturn } = this.found;
    if (end > start) {
      this.records++;
      const record = sound && text && this.found.fault === '' ? null : buf.subarray(start, end);
      const fault = record ? faultOf(record, this.found.fault, sound, text) : '';
      if (end - start > recordBytesMax) this.writeFields(buf.subarray(start, start + shownBytes), 'lineTooLong');
      else if (fault !== '' || bareReturn) this.writeFields(buf.subarray(start, end), fault);
      else this.copy(buf, start, end);
    }
    for (let k = 0; k < lines; k++) this.line.next();
  }

  private copy(buf: Buffer, start: number, end: number): void {
    this.room(end - start + 24);
    const { out } = this;
    const { delimiter } = this.options;
    let size = this.line.write(out, this.size);
    out[size] = delimiter;
    out[size + 1] = delimiter;
    out[size + 2] = delimiter;
    size += 3;
    buf.copy(out, size, start, end);
    size += end - start;
    out[size] = LF;
    this.size = size + 1;
  }

  /** Writes a record field by field, with its fault and how it looked. */
  private writeFields(record: Buffer, fault: Reason | ''): void {
    const { columns } = this.options;
    const fields = splitFields(record, this.options.delimiter).slice(0, columns);
    while (fields.length < columns) fields.push('');
    const shown = fault === '' ? '' : record.toString('utf8', 0, Math.min(record.length, shownBytes));
    const cells = [fault, shown, ...fields].map((field) => quoted(field.replaceAll('\0', '\u2400')));
    const rest = Buffer.from(
      `${String.fromCharCode(this.options.delimiter)}${cells.join(String.fromCharCode(this.options.delimiter))}\n`,
    );
    this.room(rest.length + 16);
    this.size = this.line.write(this.out, this.size);
    rest.copy(this.out, this.size);
    this.size += rest.length;
  }

  private room(bytes: number): void {
    if (this.size + bytes <= this.out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.out.length * 2, this.size + bytes));
    this.out.copy(larger, 0, 0, this.size);
    this.out = larger;
  }
}

function faultOf(record: Buffer, found: Reason | '', sound: boolean, text: boolean): Reason | '' {
  if (!sound && record.includes(NUL)) return 'nullByte';
  if (!text && !isUtf8(record)) return 'badEncoding';
  return found;
}
