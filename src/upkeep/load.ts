import type pg from 'pg';
import { Invalid } from '../platform/errors.ts';
import type { Stores } from '../platform/stores.ts';
import { transaction } from '../platform/transaction.ts';
import {
  emptyFacts,
  factsContentOf,
  insertFacts,
  listFactTables,
  startMerges,
  stopMerges,
} from './clickhouseTableStore.ts';
import type { Content, Manifest } from './manifest.ts';
import { openPart } from './parts.ts';
import {
  contentOf,
  copyIn,
  emptyTables,
  listTables,
  plainText,
  setSequences,
  withoutForeignKeys,
} from './postgresTableStore.ts';

export type RestoreStep = 'verifying' | 'facts' | 'people' | 'ledger' | 'upgrading' | 'erasing';
type OnProgress = (step: RestoreStep, done: number, of: number) => void;

/** Facts into empty tables, of as many shards as there are, and the copies of closed periods; each compared with what was saved. */
export async function loadFacts(
  { clickhouse }: Pick<Stores, 'clickhouse'>,
  { clickhouse: parts }: Manifest,
  folder: string,
  onProgress: OnProgress,
): Promise<void> {
  let done = 0;
  for (const copy of new Set(parts.map((part) => part.copy))) {
    if (copy !== '') await clickhouse.copies.create(copy);
    const into = copy === '' ? clickhouse : clickhouse.copies.open(copy);
    const tables = await listFactTables(into);
    const saved = parts.filter((part) => part.copy === copy);
    demandTables(tables, saved);
    if (copy === '') await emptyFacts(into, tables);
    await stopMerges(into, tables);
    for (const part of saved) {
      onProgress('facts', done, parts.length);
      if (part.content.rows !== '0') await insertFacts(into, part, openPart(folder, part));
      demandSame(part.file, part.content, await factsContentOf(into, part));
      done += 1;
    }
    await startMerges(into, tables);
  }
}

/** All of it or nothing: until everything is in and compared, the database holds nothing. */
export async function loadTables(
  { postgres }: Pick<Stores, 'postgres'>,
  { postgres: parts, sequences }: Manifest,
  folder: string,
  onProgress: OnProgress,
): Promise<void> {
  await transaction(postgres, async (connection) => {
    await plainText(connection);
    const tables = (await listTables(connection)).filter(({ table }) => !isOfSignIn(table));
    demandTables(
      tables,
      parts.filter(({ table }) => !isOfSignIn(table)),
    );
    await withoutForeignKeys(connection, async () => {
      await emptyTables(
        connection,
        parts.map(({ table }) => table),
      );
      for (const [i, part] of parts.entries()) {
        onProgress('people', i, parts.length);
        await copyIn(connection, part, openPart(folder, part));
        demandSame(part.file, part.content, await contentOf(connection, part));
      }
    });
    await setSequences(connection, sequences);
  });
}

export async function demandSameTables(postgres: pg.Pool, { postgres: parts }: Manifest): Promise<void> {
  await transaction(postgres, async (connection) => {
    await plainText(connection);
    for (const part of parts) demandSame(part.file, part.content, await contentOf(connection, part));
  });
}

function demandSame(path: string, saved: Content, loaded: Content): void {
  if (saved.rows === loaded.rows && saved.hash === loaded.hash) return;
  throw new Invalid('restore.differs', [
    { path, code: 'restore.rowsDiffer', params: { saved: saved.rows, loaded: loaded.rows } },
  ]);
}

/** The library of the sign-in makes its tables by itself, and a newer one may have more columns. */
const isOfSignIn = (table: string): boolean => table.startsWith('auth_');

/** A manifest is not believed: what the schema has must be in it, with these columns, and nothing else. */
function demandTables(tables: readonly Shape[], saved: readonly Shape[]): void {
  const shapes = (list: readonly Shape[]) => new Map(list.map(({ table, columns }) => [table, columns.join()]));
  const [here, given] = [shapes(tables), shapes(saved)];
  const wrong = [...new Set([...here.keys(), ...given.keys()])].filter((table) => here.get(table) !== given.get(table));
  if (wrong.length > 0)
    throw new Invalid(
      'restore.differs',
      wrong.map((path) => ({ path, code: 'restore.tablesDiffer' })),
    );
}

interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
}
