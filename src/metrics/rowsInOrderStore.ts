import type { ClickHouseConnection, SqlOptions } from '../platform/clickhouse.ts';
import { packedLines } from '../platform/packedLines.ts';
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
  const nextLine = await packedLines(await connection.stream(`${sql}\nFORMAT JSONEachRow`, options));
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
