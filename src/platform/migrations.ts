import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Conflict } from './errors.ts';

/** One numbered file of db/clickhouse or db/postgres. Once applied anywhere, it never changes. */
export interface Migration {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  readonly checksum: string;
}

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The folder's migrations in order. Two files of one number are refused: nobody could say which came first. */
export function readMigrations(folder: string): Migration[] {
  const migrations: Migration[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.sql')) continue;
    const number = Number(fileName.exec(file)?.[1]);
    if (!Number.isInteger(number)) throw new Conflict('migration.name', { file });
    const before = migrations.at(-1);
    if (before?.number === number) throw new Conflict('migration.twice', { file, other: before.file });
    const sql = readFileSync(join(folder, file), 'utf8');
    migrations.push({ number, file, sql, checksum: checksumOf(sql) });
  }
  return migrations;
}

export function checksumOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

export type Store = 'ClickHouse' | 'PostgreSQL';

export interface Applied {
  readonly number: number;
  readonly file: string;
  readonly checksum: string;
}

export interface MigrateOptions {
  readonly folder?: string;
  /** The number of the last migration to run; without it all. */
  readonly upTo?: number | undefined;
}

/** The newest schema, or, while a backup is restored, the one it was made with. */
export const upToNumber = (migrations: readonly Migration[], last: number | undefined): Migration[] =>
  migrations.filter(({ number }) => last === undefined || number <= last);

/** What is still to do. Refuses a file that changed, vanished, or came in below one already applied. */
export function pendingMigrations(
  store: Store,
  migrations: readonly Migration[],
  applied: readonly Applied[],
): Migration[] {
  const done = new Map(applied.map((one) => [one.number, one]));
  const last = Math.max(0, ...done.keys());
  const known = new Set(migrations.map((migration) => migration.number));
  for (const one of applied) {
    // A newer Heng ran here: going back is not offered, only a restore of the backup made before.
    if (!known.has(one.number)) throw new Conflict('migration.missing', { file: one.file });
  }
  return migrations.filter((migration) => {
    const before = done.get(migration.number);
    if (before && before.checksum !== migration.checksum)
      throw new Conflict('migration.changed', { store, file: migration.file });
    if (!before && migration.number < last) throw new Conflict('migration.late', { file: migration.file, last });
    return !before;
  });
}

// Comments, quoted text and names, PostgreSQL's dollar quotes, the separator; everything else passes.
const tokens =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|;/g;

/** The statements of a file, each with the comments above it. A semicolon inside quotes or comments separates nothing. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (const token of sql.matchAll(tokens)) {
    if (token[0] !== ';') continue;
    statements.push(sql.slice(start, token.index).trim());
    start = token.index + 1;
  }
  statements.push(sql.slice(start).trim());
  return statements.filter((statement) => withoutComments(statement) !== '');
}

export function withoutComments(statement: string): string {
  return statement.replace(tokens, (token) => (token.startsWith('--') || token.startsWith('/*') ? '' : token)).trim();
}
