import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { NotFound } from '../platform/errors.ts';

/** A raw table as the engine has it: the landing produces exactly these types. */
export interface RawTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: ReadonlyMap<string, string>;
  readonly sortingKey: string;
}

export async function readRawTable(connection: ClickHouseConnection, name: string): Promise<RawTable> {
  const columns = await connection.query<{ name: string; type: string }>(
    'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {name:String} ORDER BY position',
    { params: { name } },
  );
  const [table] = await connection.query<{ sorting_key: string }>(
    'SELECT sorting_key FROM system.tables WHERE database = currentDatabase() AND name = {name:String}',
    { params: { name } },
  );
  if (!table) throw new NotFound('ingest.noTable', { table: name });
  return {
    name,
    columns: columns.map((column) => column.name),
    types: new Map(columns.map((column) => [column.name, column.type])),
    sortingKey: table.sorting_key,
  };
}
