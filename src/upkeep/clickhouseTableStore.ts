import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { ClickHouseConnection, ClickHouseTables } from '../platform/clickhouse.ts';
import type { Content, Manifest } from './manifest.ts';

export interface FactTable {
  readonly table: string;
  readonly columns: string[];
}

const quoted = (column: string): string => `\`${column}\``;
const listed = (columns: readonly string[]): string => columns.map(quoted).join(', ');

/**
 * The tables of a copy, which are those that migrations made: import and derivation work with others of their own beside them. What cannot
 * be read whole (service_days) follows from the calendar, and is made again from it.
 */
export async function listFactTables({ shards }: ClickHouseTables): Promise<FactTable[]> {
  const shard = firstOf(shards);
  return shard.query(
    `SELECT table, groupArray(name) AS columns
     FROM (SELECT table, name FROM system.columns WHERE database = {database:String} AND table <> 'schema_migrations'
             AND default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL') ORDER BY table, position) AS c
     JOIN (SELECT name AS table, engine FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree') AS t USING (table)
     GROUP BY table ORDER BY table`,
    {
      params: { database: shard.database },
      rows: z.object({
        table: z.string(),
        columns: z.array(z.string()),
      }),
    },
  );
}

function firstOf(shards: readonly ClickHouseConnection[]): ClickHouseConnection {
  const [first] = shards;
  if (!first) throw new RangeError('no shard');
  return first;
}

export function appliedOf({ shards }: ClickHouseTables): Promise<Manifest['schema']['clickhouse']> {
  return firstOf(shards).query(
    `SELECT number, file, checksum FROM schema_migrations WHERE statement = statements ORDER BY number LIMIT 1 BY number`,
    { rows: z.object({ number: z.number(), file: z.string(), checksum: z.string() }) },
  );
}

/** No rows vanish in a merge while they are counted, written and compared. */
export async function stopMerges({ shards }: ClickHouseTables, tables: readonly FactTable[]): Promise<void> {
  for (const shard of shards)
    for (const { table } of tables) await shard.command(`SYSTEM STOP MERGES ${shard.database}.${table}`);
}

export async function startMerges({ shards }: ClickHouseTables, tables: readonly FactTable[]): Promise<void> {
  for (const shard of shards)
    for (const { table } of tables) await shard.command(`SYSTEM START MERGES ${shard.database}.${table}`);
}

export async function factsContentOf(
  { all }: ClickHouseTables,
  { table, columns }: Pick<FactTable, 'table' | 'columns'>,
) {
  const [row] = await all.query<Content>(
    `SELECT toString(count()) AS rows, toString(sum(cityHash64(formatRow('RowBinary', ${listed(columns)})))) AS hash FROM ${table}`,
    { rows: z.object({ rows: z.string(), hash: z.string() }) },
  );
  if (!row) throw new Error('a count has a row');
  return row;
}

export const streamFacts = ({ all }: ClickHouseTables, { table, columns }: FactTable): Promise<Readable> =>
  all.stream(`SELECT ${listed(columns)} FROM ${table} FORMAT Native`);

/** Rows as they were saved: none is folded into another on the way in. */
export async function insertFacts(
  { all }: ClickHouseTables,
  { table, columns }: Pick<FactTable, 'table' | 'columns'>,
  rows: Readable,
): Promise<void> {
  await all.insert(`INSERT INTO ${table} (${listed(columns)}) FORMAT Native`, rows, {
    settings: { optimize_on_insert: 0, input_format_native_allow_types_conversion: 0 },
  });
}

export async function emptyFacts({ shards }: ClickHouseTables, tables: readonly FactTable[]): Promise<void> {
  for (const shard of shards) for (const { table } of tables) await shard.command(`TRUNCATE TABLE IF EXISTS ${table}`);
}
