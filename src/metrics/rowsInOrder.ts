import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ClickHouseConnection, SqlOptions } from '../platform/clickhouse.ts';
import { byteOrder } from './byteOrder.ts';

export interface InOrder<Row> {
  /** The rows up to this key that were not taken yet. */
  upTo(key: string): Row[];
}

/**
 * The answer of a query that is ordered by `key`, whole but not read yet: kept packed, of which only those rows become objects that
 * are taken. 64-bit integers are strings.
 */
export async function rowsInOrder<Row extends Readonly<Record<string, unknown>>>(
  connection: ClickHouseConnection,
  sql: string,
  { key, ...options }: SqlOptions & { readonly key: keyof Row & string },
): Promise<InOrder<Row>> {
  const nextLine = await linesOf(await connection.stream(`${sql}\nFORMAT JSONEachRow`, options));
  const read = (): Row | null => {
    const line = nextLine();
    // The caller vouches for the shape of its own SQL.
    return line === null ? null : (JSON.parse(line) as Row);
  };
  let next: Row | null = null;
  return {
    upTo(last) {
      const rows: Row[] = [];
      for (next ??= read(); next !== null && byteOrder(String(next[key]), last) <= 0; next = read()) rows.push(next);
      return rows;
    },
  };
}

const blockBytes = 2 ** 20;

/** Takes in a stream to its end and gives its lines one by one; what waits is packed, a tenth of what came. */
async function linesOf(stream: AsyncIterable<unknown>): Promise<() => string | null> {
  const packed: Buffer[] = [];
  let loose: Buffer[] = [];
  let looseBytes = 0;
  const pack = () => {
    packed.push(deflateRawSync(Buffer.concat(loose), { level: 1 }));
    [loose, looseBytes] = [[], 0];
  };
  for await (const chunk of stream) {
    loose.push(chunk as Buffer);
    looseBytes += (chunk as Buffer).length;
    if (looseBytes >= blockBytes) pack();
  }
  pack();
  let block: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    let end = block.indexOf(10, at);
    while (end < 0) {
      const more = packed.shift();
      if (more === undefined) break;
      block = Buffer.concat([block.subarray(at), inflateRawSync(more)]);
      at = 0;
      end = block.indexOf(10);
    }
    if (end < 0) end = block.length;
    if (at >= end) return null;
    const line = block.toString('utf8', at, end);
    at = end + 1;
    return line;
  };
}
