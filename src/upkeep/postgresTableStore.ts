import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import type { Content, Manifest } from './manifest.ts';

const name = pg.escapeIdentifier;
const listed = (columns: readonly string[]): string => columns.map((column) => name(column)).join(', ');

const tableRow = z.object({ table: z.string(), columns: z.array(z.string()) });

export type StoredTable = z.infer<typeof tableRow>;

/** Every table of Heng with the columns that are stored; what is not logged need not outlive the server, and is left out. */
export async function listTables(connection: Queryable) {
  const { rows } = await connection.query(
    `SELECT c.relname AS "table",
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> 'schema_migrations'
     ORDER BY c.relname`,
  );
  return z.array(tableRow).parse(rows);
}

/** Sequences that have given a number, with the last one. */
export async function listSequences(connection: Queryable): Promise<Manifest['sequences']> {
  const { rows } = await connection.query(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return z.array(z.object({ name: z.string(), last: z.string() })).parse(rows);
}

export async function setSequences(connection: Queryable, sequences: Manifest['sequences']): Promise<void> {
  for (const each of sequences) await connection.query('SELECT setval($1::regclass, $2)', [name(each.name), each.last]);
}

export async function appliedMigrations(connection: Queryable): Promise<Manifest['schema']['postgres']> {
  const { rows } = await connection.query('SELECT number, file, checksum FROM schema_migrations ORDER BY number');
  return z.array(z.object({ number: z.number(), file: z.string(), checksum: z.string() })).parse(rows);
}

/** The text of a row must not depend on who is connected. */
export const plainText = (connection: Queryable) =>
  connection.query("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres'");

/** Of the columns that were saved: a newer version may have others beside them. */
export async function contentOf(connection: Queryable, { table, columns }: StoredTable): Promise<Content> {
  const { rows } = await connection.query<Content>(
    `SELECT count(*)::text AS rows, coalesce(sum(hashtextextended(ROW(${listed(columns)})::text, 0)), 0)::text AS hash
     FROM ${name(table)}`,
  );
  const [row] = rows;
  if (!row) throw new Error('a count has a row');
  return row;
}

export const copyOut = (connection: pg.PoolClient, table: string, columns: readonly string[]): Readable =>
  connection.query(copyTo(`COPY ${name(table)} (${listed(columns)}) TO STDOUT`));

export async function copyIn(
  connection: pg.PoolClient,
  { table, columns }: StoredTable,
  rows: Readable,
): Promise<void> {
  await pipeline(rows, connection.query(copyFrom(`COPY ${name(table)} (${listed(columns)}) FROM STDIN`)));
}

/** Whether anybody ever worked in this database. */
export async function holdsData(connection: Queryable): Promise<boolean> {
  const { rows } = await connection.query<{ holds: boolean }>(
    'SELECT EXISTS (SELECT FROM audit_log) OR EXISTS (SELECT FROM import_parts) OR EXISTS (SELECT FROM plan_versions) AS holds',
  );
  return rows[0]?.holds === true;
}

/** Takes out what migrations themselves put in; rows that are guarded against it are none of those. */
export async function emptyTables(connection: Queryable, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await connection.query<{ filled: boolean }>(
      `SELECT EXISTS (SELECT FROM ${name(table)}) AS filled`,
    );
    if (rows[0]?.filled) await connection.query(`DELETE FROM ${name(table)}`);
  }
}

/** Runs `load` without foreign keys, of which some point in a circle, and puts them back: then the engine compares all rows at once. */
export async function withoutForeignKeys(connection: Queryable, load: () => Promise<void>): Promise<void> {
  const { rows: keys } = await connection.query<{ table: string; key: string; definition: string }>(
    `SELECT conrelid::regclass::text AS "table", conname AS key, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
  );
  for (const { table, key } of keys) await connection.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name(key)}`);
  await load();
  for (const { table, key, definition } of keys)
    await connection.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name(key)} ${definition}`);
}
