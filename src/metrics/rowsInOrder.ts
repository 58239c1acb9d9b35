import type { ClickHouseConnection, SqlOptions } from '../platform/clickhouse.ts';
import { byteOrder } from './byteOrder.ts';

export interface InOrder<Row> {
  /** The rows up to this key that were not taken yet. */
  upTo(key: string): Row[];
}

/**
 * The answer of a query that is ordered by `key`, whole but not read yet: kept as bytes, of which only those rows become objects that
 * are taken. 64-bit integers are strings.
 */
export async function rowsInOrder<Row extends Readonly<Record<string, unknown>>>(
  connection: ClickHouseConnection,
  sql: string,
  { key, ...options }: SqlOptions & { readonly key: keyof Row & string },
): Promise<InOrder<Row>> {
  const chunks: Buffer[] = [];
  for await (const chunk of await connection.stream(`${sql}\nFORMAT JSONEachRow`, options))
    chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks);
  let at = 0;
  let next: Row | null = null;
  const read = (): Row | null => {
    if (at >= answer.length) return null;
    const newline = answer.indexOf(10, at);
    const end = newline < 0 ? answer.length : newline;
    // The caller vouches for the shape of its own SQL.
    const row = JSON.parse(answer.toString('utf8', at, end)) as Row;
    at = end + 1;
    return row;
  };
  return {
    upTo(last) {
      const rows: Row[] = [];
      for (next ??= read(); next !== null && byteOrder(String(next[key]), last) <= 0; next = read()) rows.push(next);
      return rows;
    },
  };
}
