import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadInput, TooLarge } from '../platform/errors.ts';
import type { Batch } from './groupCommit.ts';
import { isObject, jsonLines, jsonText, objectText, parseJson } from './jsonRecords.ts';
import { type Kind, type KindName, kinds } from './kinds.ts';
import { faultText } from './rowWriter.ts';

/** What one request may bring. A stream of lines has no end to wait for, so only its rows at once are limited. */
export const httpLimits = {
  bodyBytes: 16 << 20,
  batchRows: 10_000,
  streamBytes: 4 * 2 ** 30,
  streamRowsAtOnce: 2_000,
  requests: 256,
} as const;

export const expectedOf = (kind: Kind): string[] => kind.columns.map((column) => column.name);

/** The body as it was before the sender compressed it, counted. @throws TooLarge past the limit. */
export async function* requestBytes(
  body: Readable,
  encoding: string | undefined,
  bytesMax: number,
): AsyncGenerator<Buffer> {
  if (encoding !== undefined && encoding !== 'gzip' && encoding !== 'identity') {
    throw new BadInput('ingest.unknownEncoding', { encoding });
  }
  const source = encoding === 'gzip' ? body.pipe(createGunzip()) : body;
  if (source !== body) body.once('error', (cause) => source.destroy(cause));
  let bytes = 0;
  try {
    for await (const chunk of source) {
      bytes += (chunk as Buffer).length;
      if (bytes > bytesMax) throw new TooLarge('request.tooLarge', { bytesMax });
      yield chunk as Buffer;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw code.startsWith('Z_') ? new BadInput('ingest.damaged') : cause;
  }
}

/** A JSON array of rows, or an object with one under `rows`. */
export async function jsonBatch(bytes: AsyncIterable<Buffer>, kind: KindName): Promise<Batch> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isUtf8(body)) throw new BadInput('ingest.badEncoding');
  const value = parseJson(body.toString('utf8'));
  const rows = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.rows) ? value.rows : null;
  if (!rows) throw new BadInput('ingest.noRows');
  if (rows.length > httpLimits.batchRows) throw new TooLarge('ingest.batchTooLarge', { rowsMax: httpLimits.batchRows });
  return rowsBatch(rows, kind);
}

/** Rows of the open format as a batch; further fields become attributes. */
export function rowsBatch(rows: readonly unknown[], kind: KindName): Batch {
  const expected = expectedOf(kinds[kind]);
  return batchOf(
    rows.map((row: unknown) =>
      isObject(row) ? objectText(row, expected) : faultText('badJson', String(row).slice(0, 200), expected.length + 1),
    ),
  );
}

export interface LinesBatch {
  readonly batch: Batch;
  /** Physical line of each of its rows. */
  readonly lines: readonly number[];
}

/** Lines of JSON, in batches as they come. */
export async function* lineBatches(bytes: AsyncIterable<Buffer>, kind: KindName): AsyncGenerator<LinesBatch> {
  const expected = expectedOf(kinds[kind]);
  let texts: string[] = [];
  let lines: number[] = [];
  for await (const { line, bytes: text, fault } of jsonLines(bytes)) {
    const shown = fault ? text.toString('utf8', 0, 2000) : '';
    texts.push(fault ? faultText(fault, shown, expected.length + 1) : jsonText(text.toString('utf8'), expected));
    lines.push(line);
    if (texts.length < httpLimits.streamRowsAtOnce) continue;
    yield { batch: batchOf(texts), lines };
    texts = [];
    lines = [];
  }
  if (texts.length > 0) yield { batch: batchOf(texts), lines };
}

function batchOf(texts: readonly string[]): Batch {
  return {
    rows: texts.length,
    framed: (offset) => Buffer.from(texts.map((text, index) => `${offset + index + 1}${text}`).join('')),
  };
}
