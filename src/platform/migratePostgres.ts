import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { holding } from './advisoryLock.ts';
import { type Applied, type MigrateOptions, pendingMigrations, readMigrations, upToNumber } from './migrations.ts';
import { packageRoot } from './root.ts';

export const postgresMigrations: string = join(packageRoot, 'db/postgres');

/** Runs `work` while no other process of this installation migrates either store. */
export const whileMigrating = <Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> => holding(pool, 'migrations', 'wait', (_held, client) => work(client));

/** Brings the database to the newest schema: each file in one transaction, together with the note that it was applied. */
export async function migratePostgres(
  client: pg.ClientBase,
  { folder = postgresMigrations, upTo }: MigrateOptions = {},
): Promise<number> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    number integer PRIMARY KEY,
    file text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  const { rows } = await client.query<Applied>('SELECT number, file, checksum FROM schema_migrations ORDER BY number');
  const migrations = upToNumber(existsSync(folder) ? readMigrations(folder) : [], upTo);
  const pending = pendingMigrations('PostgreSQL', migrations, rows);
  for (const { number, file, sql, checksum } of pending) {
    await client.query('BEGIN');
    try {
      await client.query(sql);
      await client.query('INSERT INTO schema_migrations (number, file, checksum) VALUES ($1, $2, $3)', [
        number,
        file,
        checksum,
      ]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }
  return pending.length;
}
