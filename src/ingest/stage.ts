import type { Readable } from 'node:stream';
import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { ticketLog } from './fold.ts';
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
  /** Rows of an event log, of which tickets are folded. */
  readonly log: string | null;
  readonly rejects: string;
}

/** A table of a stage and the raw table it is for. */
export interface StageTable {
  readonly raw: RawTable;
  readonly rows: string;
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
    log: raw.name === 'tickets' ? `${name}_steps` : null,
    rejects: `${name}_rejects`,
  };
}

/** The tables into which a stage's accepted rows go, each with the raw table that it is a copy of. */
export async function stageTables({ connection, raw, rows, uncut, log }: Stage): Promise<StageTable[]> {
  const others = [
    { rows: uncut, name: 'uncut_messages' },
    { rows: log, name: ticketLog },
  ];
  const tables = [{ raw, rows }];
  for (const other of others) {
    if (other.rows) tables.push({ raw: await readRawTable(connection, other.name), rows: other.rows });
  }
  return tables;
}

/** The tables alone, into which nothing flows yet. */
export async function openEmptyStage(stage: Stage): Promise<void> {
  const { connection, rejects } = stage;
  for (const table of await stageTables(stage)) {
    await connection.command(
      `CREATE TABLE ${table.rows} AS ${connection.database}.${table.raw.name} ENGINE = MergeTree ORDER BY (${table.raw.sortingKey})`,
    );
  }
  await connection.command(
    `CREATE TABLE ${rejects} (line UInt32, column String, value String, reason LowCardinality(String), fields Array(String))
     ENGINE = MergeTree ORDER BY line`,
  );
}

export async function openStage(stage: Stage, landing: Landing): Promise<void> {
  const { connection, rows, rejects, uncut, log } = stage;
  await openEmptyStage(stage);
  const run = (sql: string) => connection.command(sql, { settings: stageSettings });
  await run(`CREATE TABLE ${rows}_passing (${landing.passing}) ENGINE = Null`);
  const from = `FROM ${rows}_passing WHERE`;
  await run(`CREATE MATERIALIZED VIEW ${rows}_to_rejects TO ${rejects} AS ${landing.rejects} ${from} NOT sound`);
  if (uncut) {
    await run(
      `CREATE MATERIALIZED VIEW ${rows}_to_uncut TO ${uncut} AS ${landing.accepted} ${from} sound AND session_id = ''`,
    );
  }
  const cut = uncut ? " AND session_id != ''" : '';
  await run(
    `CREATE MATERIALIZED VIEW ${rows}_to TO ${landing.folds ? log : rows} AS ${landing.accepted} ${from} sound${cut}`,
  );
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

/** Whether one of its tables is still there: no backup has them. */
export async function isThere({ connection }: Stage, table: string): Promise<boolean> {
  const [found] = await connection.query<{ result: number }>(`EXISTS TABLE ${table}`);
  return found?.result === 1;
}

/** What settling makes beside a stage table, and where an earlier Heng kept the rows of a log. */
const besides = ['_replaced', '_repeats', '_next', '_log'];

export async function dropStage({ connection, rows, rejects, uncut, log }: Stage): Promise<void> {
  const views = [`${rows}_to`, `${rows}_to_rejects`, `${rows}_to_uncut`];
  await Promise.all(views.map((view) => connection.command(`DROP VIEW IF EXISTS ${view} SYNC`)));
  const stages = [rows, uncut, log].filter((table) => table !== null);
  const tables = stages.flatMap((table) => [table, ...besides.map((part) => `${table}${part}`)]);
  await Promise.all(
    [`${rows}_passing`, rejects, ...tables].map((table) => connection.command(`DROP TABLE IF EXISTS ${table} SYNC`)),
  );
}
