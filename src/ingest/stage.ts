import type { Readable } from 'node:stream';
import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { keepOf, type Landing, type LandingOptions } from './landing.ts';
import { type RawTable, readRawTable } from './rawTable.ts';

/**
 * Tables of one import part on the first shard: rows pass through `passing` (which keeps nothing) into the stage, a
 * copy of the raw table, and into the rejects. Nobody reads them but this import; dropping them undoes it.
 */
export interface Stage {
  readonly connection: ClickHouseConnection;
  readonly partId: number;
  readonly raw: RawTable;
  /** Qualified names: they can be read through any connection of the cluster's first server. */
  readonly rows: string;
  /** Messages that came with a customer and no session. */
  readonly uncut: string | null;
  readonly rejects: string;
}

export const stageSettings = {
  input_format_csv_trim_whitespaces: 0,
  input_format_null_as_default: 0,
  input_format_csv_empty_as_default: 0,
  format_csv_allow_double_quotes: 1,
  format_csv_allow_single_quotes: 0,
  format_csv_null_representation: '\\N\\N',
  input_format_csv_allow_cr_end_of_line: 0,
  parallel_view_processing: 1,
  max_query_size: 10_000_000,
  max_ast_elements: 1_000_000,
  max_expanded_ast_elements: 2_000_000,
} as const;

/** The engine's CSV knows no tab as delimiter; fields are quoted as in CSV all the same. */
const customDelimiter = (delimiter: string) => ({
  format_custom_escaping_rule: 'CSV',
  format_custom_field_delimiter: delimiter,
  format_custom_row_after_delimiter: '\n',
  format_csv_delimiter: delimiter,
});

export function stageOf(connection: ClickHouseConnection, partId: number, raw: RawTable): Stage {
  const name = `${connection.database}.ingest_${partId}`;
  return {
    connection,
    partId,
    raw,
    rows: name,
    uncut: raw.name === 'messages' ? `${name}_uncut` : null,
    rejects: `${name}_rejects`,
  };
}

/** Where the rows of an event log wait until they are folded. */
export const logTable = (rows: string): string => `${rows}_log`;

/** The tables alone, for rows that do not come out of a file. */
export async function openEmptyStage(stage: Stage): Promise<void> {
  const { connection, raw, rows, rejects } = stage;
  await connection.command(
    `CREATE TABLE ${rows} AS ${connection.database}.${raw.name} ENGINE = MergeTree ORDER BY (${raw.sortingKey})`,
  );
  await connection.command(
    `CREATE TABLE ${rejects} (line UInt32, column String, value String, reason LowCardinality(String), fields Array(String))
     ENGINE = MergeTree ORDER BY line`,
  );
}

export async function openStage(stage: Stage, landing: Landing): Promise<void> {
  const { connection, rows, rejects, uncut } = stage;
  await openEmptyStage(stage);
  const run = (sql: string) => connection.command(sql, { settings: stageSettings });
  await run(`CREATE TABLE ${rows}_passing (${landing.passing}) ENGINE = Null`);
  const from = `FROM ${rows}_passing WHERE`;
  await run(`CREATE MATERIALIZED VIEW ${rows}_to_rejects TO ${rejects} AS ${landing.rejects} ${from} NOT sound`);
  if (uncut) {
    const { sortingKey } = await readRawTable(connection, 'uncut_messages');
    await run(
      `CREATE TABLE ${uncut} AS ${connection.database}.uncut_messages ENGINE = MergeTree ORDER BY (${sortingKey})`,
    );
    await run(
      `CREATE MATERIALIZED VIEW ${rows}_to_uncut TO ${uncut} AS ${landing.accepted} ${from} sound AND session_id = ''`,
    );
  }
  if (landing.log) {
    await run(`CREATE TABLE ${logTable(rows)} (${landing.log.columns}) ENGINE = MergeTree ORDER BY fold_key`);
    await run(`CREATE MATERIALIZED VIEW ${rows}_to TO ${logTable(rows)} AS ${landing.log.select} ${from} sound`);
    return;
  }
  const cut = uncut ? " AND session_id != ''" : '';
  await run(`CREATE MATERIALIZED VIEW ${rows}_to TO ${rows} AS ${landing.accepted} ${from} sound${cut}`);
}

/** Streams framed rows through the checks into the stage. */
export async function fillStage(
  stage: Stage,
  landing: Landing,
  options: Pick<LandingOptions, 'kind' | 'file' | 'mapping'>,
  framed: Readable,
  delimiter: string,
): Promise<void> {
  const keep = keepOf(options);
  const where = keep === '1' ? '' : `WHERE ${keep}`;
  await stage.connection.insert(
    `INSERT INTO ${stage.rows}_passing ${landing.select}\nFROM input('${landing.structure}') ${where} FORMAT ${delimiter === ',' ? 'CSV' : 'CustomSeparated'}`,
    framed,
    { settings: { ...stageSettings, ...(delimiter === ',' ? {} : customDelimiter(delimiter)) } },
  );
}

/** Whether its rows are still there: no backup has them. */
export async function isThere({ connection, rows }: Stage): Promise<boolean> {
  const [found] = await connection.query<{ result: number }>(`EXISTS TABLE ${rows}`);
  return found?.result === 1;
}

/** What settling makes beside a stage table. */
const besides = ['_replaced', '_repeats', '_next', '_log'];

export async function dropStage({ connection, rows, rejects, uncut }: Stage): Promise<void> {
  const views = [`${rows}_to`, `${rows}_to_rejects`, `${rows}_to_uncut`];
  await Promise.all(views.map((view) => connection.command(`DROP VIEW IF EXISTS ${view} SYNC`)));
  const stages = [rows, ...(uncut ? [uncut] : [])];
  const tables = stages.flatMap((table) => [table, ...besides.map((part) => `${table}${part}`)]);
  await Promise.all(
    [`${rows}_passing`, rejects, ...tables].map((table) => connection.command(`DROP TABLE IF EXISTS ${table} SYNC`)),
  );
}
