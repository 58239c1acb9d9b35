import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { cellText } from './jsonRecords.ts';
import type { Records } from './records.ts';
import { RowWriter, recordText } from './rowWriter.ts';
import { type Packing, Refused, type Source } from './source.ts';

/** Rows held as objects at a time. */
const rowsAtOnce = 20_000;
/** A row group is unpacked as a whole, so it must fit in memory. */
const groupBytesMax = 512 * 2 ** 20;

export async function parquetRecords(source: Source, packing: Packing): Promise<Records> {
  if (packing) throw new Refused('unknownFormat');
  const file = await asyncBufferFromFile(source.path);
  const metadata = await readable(() => parquetMetadataAsync(file));
  for (const group of metadata.row_groups) {
    if (Number(group.total_byte_size) > groupBytesMax) throw new Refused('zipBomb');
  }
  const columns = topColumns(metadata);
  const names = columns.map((column) => column.name);
  const writer = new RowWriter();
  return {
    file: { names, more: false },
    delimiter: ',',
    count: () => writer.records,
    encoding: () => 'none',
    async *framed() {
      const total = Number(metadata.num_rows);
      for (let rowStart = 0; rowStart < total; rowStart += rowsAtOnce) {
        const rowEnd = Math.min(total, rowStart + rowsAtOnce);
        const rows = await readable(() => parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors }));
        for (const [index, row] of rows.entries()) {
          writer.add(rowStart + index + 1, recordText(columns.map((column) => valueText(row[column.name], column))));
          if (writer.full) yield writer.take();
        }
      }
      yield writer.take();
    },
  };
}

const room = (bytes: number): number => {
  if (bytes > groupBytesMax) throw new Refused('zipBomb');
  return bytes;
};
const compressors = {
  ZSTD: (input: Uint8Array, bytes: number) => decompress(input, new Uint8Array(room(bytes))),
  GZIP: (input: Uint8Array, bytes: number) => gunzipSync(input, { maxOutputLength: room(bytes) }),
  BROTLI: (input: Uint8Array, bytes: number) => brotliDecompressSync(input, { maxOutputLength: room(bytes) }),
};

/** The library tells damage by throwing whatever its parser stumbled over. */
async function readable<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof Refused) throw cause;
    throw new Refused('damaged');
  }
}

function topColumns(metadata: FileMetaData): SchemaElement[] {
  const columns: SchemaElement[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let k = 0; k < (metadata.schema[at]?.num_children ?? 0); k++) next = skip(next);
    return next;
  };
  for (let at = 1; at < metadata.schema.length; at = skip(at)) {
    const column = metadata.schema[at];
    if (column) columns.push(column);
  }
  return columns;
}

function valueText(value: unknown, column: SchemaElement): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const iso = value.toISOString();
    if (column.logical_type?.type === 'DATE' || column.converted_type === 'DATE') return iso.slice(0, 10);
    const local = column.logical_type?.type === 'TIMESTAMP' && !column.logical_type.isAdjustedToUTC;
    return local ? iso.slice(0, -1) : iso;
  }
  if (typeof value === 'object' && value !== null)
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return cellText(value);
}
