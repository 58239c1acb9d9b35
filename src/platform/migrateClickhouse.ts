import { join } from 'node:path';
import { z } from 'zod';
import type { ClickHouseConnection } from './clickhouse.ts';
import { type Layout, type Rendered, renderStatement, type Spread, spreadOf } from './clickhouseLayout.ts';
import { Conflict } from './errors.ts';
import {
  checksumOf,
  type MigrateOptions,
  type Migration,
  pendingMigrations,
  readMigrations,
  splitStatements,
  upToNumber,
} from './migrations.ts';
import { packageRoot } from './root.ts';

export const clickhouseMigrations: string = join(packageRoot, 'db/clickhouse');

/** A server with its two databases; `all` is `local` where there is one shard only. */
export interface Server {
  readonly local: ClickHouseConnection;
  readonly all: ClickHouseConnection;
}

const ledger = `CREATE TABLE schema_migrations (
  number UInt32,
  file String,
  statement UInt32,
  statements UInt32,
  statement_checksum String,
  checksum String,
  applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = MergeTree ORDER BY (number, statement)`;

const ledgerRow = z.object({
  number: z.number(),
  file: z.string(),
  statement: z.number(),
  statements: z.number(),
  statement_checksum: z.string(),
  checksum: z.string(),
});
type LedgerRow = z.infer<typeof ledgerRow>;

/**
 * Brings one server to the newest schema. ClickHouse has no transaction for this, so each statement is recorded as done:
 * a migration that was cut off goes on where it stopped. Callers serialise (see openStores).
 */
export async function migrateClickHouse(
  server: Server,
  layout: Layout,
  { folder = clickhouseMigrations, upTo }: MigrateOptions = {},
): Promise<number> {
  const migrations = upToNumber(readMigrations(folder), upTo);
  const parsed = migrations.map((migration) => ({ migration, statements: splitStatements(migration.sql) }));
  const spreads = new Map<string, Spread>([['schema_migrations', 'everywhere']]);
  for (const { migration, statements } of parsed) {
    for (const statement of statements) {
      const created = spreadOf(statement, migration.file);
      if (created) spreads.set(created.table, created.spread);
    }
  }
  // The ledger is local to each server, or replicated to all of them; nothing reads it as a whole.
  for (const { where, sql } of renderStatement(ledger, layout, spreads)) {
    if (where === 'local') await server.local.command(sql);
  }

  const rows = await server.local.query<LedgerRow>(
    `SELECT number, file, statement, statements, statement_checksum, checksum FROM schema_migrations
     ORDER BY number, statement LIMIT 1 BY number, statement`,
    { rows: ledgerRow },
  );
  const complete = rows.filter((row) => row.statement === row.statements);
  const pending = pendingMigrations('ClickHouse', migrations, complete);
  for (const { migration, statements } of parsed) {
    if (!pending.includes(migration)) continue;
    const begun = rows.filter((row) => row.number === migration.number);
    for (const [index, statement] of statements.entries()) {
      const done = begun.find((row) => row.statement === index + 1);
      if (done) {
        if (done.statement_checksum !== checksumOf(statement)) {
          throw new Conflict('migration.changed', { store: 'ClickHouse', file: migration.file });
        }
        continue;
      }
      for (const step of renderStatement(statement, layout, spreads)) await run(server, step);
      await record(server.local, migration, statement, index + 1, statements.length);
    }
  }
  return pending.length;
}

function run(server: Server, { where, sql }: Rendered): Promise<void> {
  return server[where].command(sql);
}

async function record(
  connection: ClickHouseConnection,
  migration: Migration,
  statement: string,
  index: number,
  count: number,
): Promise<void> {
  const row = {
    number: migration.number,
    file: migration.file,
    statement: index,
    statements: count,
    statement_checksum: checksumOf(statement),
    checksum: migration.checksum,
  };
  await connection.insert(
    'INSERT INTO schema_migrations (number, file, statement, statements, statement_checksum, checksum) FORMAT JSONEachRow',
    JSON.stringify(row),
  );
}
