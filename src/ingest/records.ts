import type { FileColumns } from './columnText.ts';
import { splitFields } from './csvFields.ts';
import { decode, type Encoding } from './decode.ts';
import { Framer } from './frame.ts';
import { headerNames } from './headerNames.ts';
import { jsonRecords } from './jsonRecords.ts';
import { parquetRecords } from './parquetRecords.ts';
import { type Format, type Packing, Refused, type Source } from './source.ts';
import { xlsxRecords } from './xlsxRecords.ts';

/** A file as framed records, whatever its format: what the landing reads. */
export interface Records {
  readonly file: FileColumns;
  /** Of the framed text: comma, tab or semicolon. */
  readonly delimiter: string;
  /** Records given so far, sound and faulty. */
  count(): number;
  encoding(): Encoding | 'none';
  /** Of a text with one record a line: whether its last line lacks the line end. Known once all is framed. */
  endsOpen?(): boolean;
  framed(): AsyncGenerator<Buffer>;
}

export interface RecordOptions {
  readonly format: Format;
  readonly packing: Packing;
  readonly sheet?: string;
  /** Names that JSON rows are searched for; what else they hold becomes attributes. */
  readonly expected: readonly string[];
}

export async function openRecords(source: Source, options: RecordOptions): Promise<Records> {
  switch (options.format) {
    case 'csv':
    case 'tsv':
      return delimited(source, options.format === 'tsv' ? '\t' : null);
    case 'jsonl':
      return jsonRecords(source, options.expected);
    case 'parquet':
      return parquetRecords(source, options.packing);
    case 'xlsx':
      return xlsxRecords(source, options.packing, options.sheet);
  }
}

const headerBytesMax = 1 << 20;

async function delimited(source: Source, delimiter: string | null): Promise<Records> {
  let encoding: Encoding = 'utf-8';
  const text = decode(source.read(), (seen) => {
    encoding = seen;
  });
  const { header, rest, lines } = await readHeader(text);
  const by = delimiter ?? guessDelimiter(header);
  const names = headerNames(splitFields(header, by.charCodeAt(0)));
  const framer = new Framer({ delimiter: by.charCodeAt(0), columns: names.length, firstLine: lines + 1 });
  return {
    file: { names, more: false },
    delimiter: by,
    count: () => framer.records,
    encoding: () => encoding,
    endsOpen: () => framer.endsOpen,
    async *framed() {
      let damage: Refused | null = null;
      if (rest.length > 0) yield framer.push(rest);
      try {
        for await (const chunk of text) yield framer.push(chunk);
      } catch (cause) {
        // What came before the damage is sound; the line it broke off in becomes a reject.
        if (!(cause instanceof Refused) || cause.reason === 'zipBomb') throw cause;
        damage = cause;
      }
      yield damage ? framer.breakOff(damage.reason) : framer.end();
    },
  };
}

async function readHeader(text: AsyncGenerator<Buffer>): Promise<{ header: Buffer; rest: Buffer; lines: number }> {
  let seen: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await text.next();
    if (!next.done) seen = seen.length === 0 ? next.value : Buffer.concat([seen, next.value]);
    let feed = seen.indexOf(10);
    // A line feed inside quotes belongs to a column's name.
    while (feed >= 0 && quotesIn(seen.subarray(0, feed)) % 2 === 1) feed = seen.indexOf(10, feed + 1);
    if (feed < 0 && seen.length > headerBytesMax) throw new Refused('lineTooLong');
    if (feed < 0 && !next.done) continue;
    const end = feed < 0 ? seen.length : feed;
    const header = seen.subarray(0, end > 0 && seen[end - 1] === 13 ? end - 1 : end);
    if (header.length === 0) throw new Refused('emptyFile');
    if (header.includes(0)) throw new Refused('nullByte');
    const lines = header.reduce((count, byte) => (byte === 10 ? count + 1 : count), 1);
    return { header, rest: seen.subarray(end + 1), lines };
  }
}

function quotesIn(bytes: Buffer): number {
  return bytes.reduce((count, byte) => (byte === 34 ? count + 1 : count), 0);
}

function guessDelimiter(header: Buffer): string {
  const text = header.toString('utf8').replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';'].map((d) => ({ d, n: text.split(d).length }));
  return counts.reduce((best, one) => (one.n > best.n ? one : best)).d;
}
