import { isUtf8 } from 'node:buffer';
import { decode, type Encoding } from './decode.ts';
import { recordBytesMax } from './frame.ts';
import type { Records } from './records.ts';
import { faultText, RowWriter, recordText } from './rowWriter.ts';
import { Refused, type Source } from './source.ts';

/** One JSON object per line. Keys that are not expected go into the row's attributes. */
export function jsonRecords(source: Source, expected: readonly string[]): Records {
  const writer = new RowWriter();
  let encoding: Encoding = 'utf-8';
  return {
    file: { names: expected, more: true },
    delimiter: ',',
    count: () => writer.records,
    encoding: () => encoding,
    async *framed() {
      const text = decode(source.read(), (seen) => {
        encoding = seen;
      });
      for await (const { line, bytes, fault } of jsonLines(text)) {
        const columns = expected.length + 1;
        if (fault) writer.add(line, faultText(fault, bytes.toString('utf8', 0, 2000), columns));
        else writer.add(line, jsonText(bytes.toString('utf8'), expected));
        if (writer.full) yield writer.take();
      }
      yield writer.take();
    },
  };
}

interface JsonLine {
  readonly line: number;
  readonly bytes: Buffer;
  readonly fault: '' | 'lineTooLong' | 'damaged' | 'halfWritten' | 'badEncoding';
}

/** Physical lines; one that is too long is cut short and its rest dropped as it comes. */
export async function* jsonLines(text: AsyncIterable<Buffer>): AsyncGenerator<JsonLine> {
  let line = 0;
  let carry: Buffer = Buffer.alloc(0);
  let dropping = false;
  let damage = false;
  try {
    for await (const chunk of text) {
      const buf = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      let at = 0;
      for (let feed = buf.indexOf(10); feed >= 0; feed = buf.indexOf(10, at)) {
        line++;
        const bytes = buf.subarray(at, feed);
        at = feed + 1;
        if (dropping || bytes.length > recordBytesMax)
          yield { line, bytes: bytes.subarray(0, 2000), fault: 'lineTooLong' };
        else if (!blank(bytes)) yield { line, bytes, fault: isUtf8(bytes) ? '' : 'badEncoding' };
        dropping = false;
      }
      carry = Buffer.from(buf.subarray(at));
      if (carry.length > recordBytesMax) {
        dropping = true;
        carry = carry.subarray(0, 2000);
      }
      if (dropping) carry = carry.subarray(0, 2000);
    }
  } catch (cause) {
    if (!(cause instanceof Refused) || cause.reason === 'zipBomb') throw cause;
    damage = true;
  }
  if (dropping) yield { line: line + 1, bytes: carry, fault: 'lineTooLong' };
  else if (damage) yield { line: line + 1, bytes: carry, fault: 'damaged' };
  else if (!blank(carry)) {
    const fault = !whole(carry) ? 'halfWritten' : isUtf8(carry) ? '' : 'badEncoding';
    yield { line: line + 1, bytes: carry, fault };
  }
}

const blank = (bytes: Buffer): boolean => bytes.length < 64 && bytes.toString('latin1').trim() === '';
const whole = (bytes: Buffer): boolean => bytes.toString('latin1').trimEnd().endsWith('}');

/** One JSON text as a record; what is no object becomes a reject. */
export function jsonText(text: string, expected: readonly string[]): string {
  const value = parseJson(text);
  return isObject(value) ? objectText(value, expected) : faultText('badJson', text.slice(0, 2000), expected.length + 1);
}

/** The fields of an object as a record: those expected in their order, what is left over as one JSON object. */
export function objectText(value: Readonly<Record<string, unknown>>, expected: readonly string[]): string {
  const cells: string[] = [];
  let taken = 0;
  for (const name of expected) {
    const cell = Object.hasOwn(value, name) ? value[name] : undefined;
    if (cell !== undefined) taken++;
    cells.push(cellText(cell));
  }
  cells.push(taken === Object.keys(value).length ? '' : moreOf(value, new Set(expected)));
  return recordText(cells);
}

function moreOf(value: Readonly<Record<string, unknown>>, expected: ReadonlySet<string>): string {
  // `_more` of a rejects file holds what was left over the first time; its other marks mean nothing.
  const own = Object.entries(value).filter(([name]) => !expected.has(name) && name !== '');
  const texts = own.map(([name, cell]) => [name, cellText(cell)] as const).filter(([, cell]) => cell !== '');
  texts.sort(([a], [b]) => (a < b ? -1 : 1));
  return texts.length === 0 ? '' : JSON.stringify(Object.fromEntries(texts));
}

export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Any JSON; undefined when it is none. Numbers too long for a double come as text: what the sender wrote. */
export function parseJson(text: string): unknown {
  return tryParse(/\d{16}/.test(text) ? quoteLongNumbers(text) : text);
}

/** Texts are passed over whole: what looks like a number in them is none. */
function quoteLongNumbers(text: string): string {
  let inText = false;
  return text.replace(/\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=(\s*[,}\]])?)/gs, (token, ends?: string) => {
    if (token === '"') inText = !inText;
    return !inText && ends !== undefined && /^-?\d{16}/.test(token) ? `"${token}"` : token;
  });
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
