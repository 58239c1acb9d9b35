import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { anyStaged, finishStaged } from '../../ingest/recover.ts';
import { readLog } from '../../ledger/logStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { demandHeld, holding, isHeld } from '../../platform/advisoryLock.ts';
import type { ClickHouse, ClickHouseTables } from '../../platform/clickhouse.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Stores } from '../../platform/stores.ts';
import { atOneMoment } from '../atOneMoment.ts';
import {
  appliedOf,
  type FactTable,
  factsContentOf,
  listFactTables,
  startMerges,
  stopMerges,
  streamFacts,
} from '../clickhouseTableStore.ts';
import { closedCopies } from '../closedCopyStore.ts';
import { listKeyFiles, listRejectFiles, saveDataFile } from '../dataFiles.ts';
import { type Manifest, manifestFile } from '../manifest.ts';
import { oneByOne } from '../oneByOne.ts';
import { syncFile, writePart } from '../parts.ts';
import {
  appliedMigrations,
  contentOf,
  copyOut,
  listSequences,
  listTables,
  plainText,
  type StoredTable,
} from '../postgresTableStore.ts';

export interface BackupDeps extends Pick<Deps, 'stores' | 'now'> {
  readonly version: string;
  /** Called before each table with how many are done, of how many. */
  readonly onProgress: (table: string, done: number, of: number) => void;
}

/** The copy of the facts that a backup reads from; one backup at a time makes it, and takes it away. */
const moment = 'backup';

/**
 * Saves both stores, the ledger and what lies beside them, all as they are at one moment, into an empty folder; work goes on meanwhile.
 * The manifest comes last: what was cut off is no backup. Throws Conflict `backup.folderInUse`, `backup.running`, `backup.erasing`.
 */
export function makeBackup(deps: BackupDeps, actor: Actor, folder: string): Promise<Manifest> {
  authorise(actor, 'backup.write');
  const { postgres } = deps.stores;
  return holding(postgres, 'backup', 'try', async (held, lock) => {
    if (!held) throw new Conflict((await isHeld(postgres, 'copiesBarred')) ? 'backup.erasing' : 'backup.running');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (readdirSync(folder).length > 0) throw new Conflict('backup.folderInUse', { folder });
    const manifest = await save(deps, folder, lock).catch((cause: unknown) => {
      rmSync(folder, { recursive: true, force: true });
      throw cause;
    });
    await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest)}\n`, { mode: 0o600, flag: 'wx' });
    for (const path of [join(folder, manifestFile), folder]) await syncFile(path);
    await audit(deps, actor, 'backup.made', manifest.madeAt);
    return manifest;
  });
}

/** Lets go of the copy of a backup that was killed: it would keep parts on disk that are merged away elsewhere. */
export const forgetUnfinishedBackup = ({ postgres, clickhouse }: Stores): Promise<void> =>
  holding(postgres, 'backup', 'try', (held) => (held ? clickhouse.copies.drop(moment) : Promise.resolve()));

async function save(deps: BackupDeps, folder: string, lock: pg.PoolClient): Promise<Manifest> {
  const { stores, now, version } = deps;
  const { postgres, clickhouse } = stores;
  const madeAt = new Date(now()).toISOString();
  const connection = await postgres.connect();
  try {
    const { facts, files, closed } = await atWholeMoment(stores, async () => {
      const copied = await copyFacts(clickhouse);
      // After the facts: what people decide is written here first and sent there, as a crash would leave it too.
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await plainText(connection);
      // TRICKY: what this transaction sees is settled by its first question, not by its beginning.
      const periods = await closedCopies(connection);
      const keys = await saveFiles(stores.dataDir, folder, listKeyFiles(stores.dataDir));
      return { facts: copied, files: keys, closed: periods };
    });
    const tables = await listTables(connection);
    const sources = [
      { copy: '', from: facts },
      ...closed.map((copy) => ({ copy, from: clickhouse.copies.open(copy) })),
    ];
    const step = counted(deps.onProgress, tables.length + sources.length * facts.tables.length);
    const manifest: Manifest = {
      format: 1,
      heng: version,
      madeAt,
      schema: { postgres: await appliedMigrations(connection), clickhouse: await appliedOf(facts) },
      postgres: await oneByOne(tables, (table) => step(table.table, () => saveTable(connection, folder, table))),
      sequences: await listSequences(connection),
      clickhouse: (await oneByOne(sources, (source) => saveFacts(source, facts.tables, folder, step))).flat(),
      files: [...files, ...(await saveFiles(stores.dataDir, folder, listRejectFiles(stores.dataDir)))],
      ledgerSize: (await readLog(connection))?.size ?? 0,
    };
    // Whoever took the lock meanwhile has put another moment in place of the copy.
    await demandHeld(lock);
    return manifest;
  } finally {
    // Its transaction was for reading only: the connection goes, and the snapshot with it.
    connection.release(true);
    // The copy is ours only with the lock: without it the next start, or the next backup, lets go of it.
    await demandHeld(lock).then(
      () => clickhouse.copies.drop(moment),
      () => undefined,
    );
  }
}

/**
 * Runs `work` at a moment at which no import is half in: stages are in no backup, so what a crash or a failure left staged is committed
 * before.
 */
async function atWholeMoment<Result>(stores: Stores, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    await finishStaged(stores);
    const done = await atOneMoment(stores, async () => ((await anyStaged(stores)) ? null : { result: await work() }));
    if (done) return done.result;
  }
}

interface CopiedFacts extends ClickHouseTables {
  readonly tables: readonly FactTable[];
}

/** The facts as they are, in a copy. Nobody writes meanwhile. */
async function copyFacts({ copies }: ClickHouse): Promise<CopiedFacts> {
  await copies.create(moment);
  const copied = copies.open(moment);
  const tables = await listFactTables(copied);
  await copies.attach(
    moment,
    tables.map(({ table }) => table),
  );
  return { ...copied, tables };
}

const saveFiles = (dataDir: string, folder: string, paths: readonly string[]) =>
  oneByOne(paths, (path) => saveDataFile(dataDir, folder, path));

async function saveTable(connection: pg.PoolClient, folder: string, stored: StoredTable) {
  const { table, columns } = stored;
  const content = await contentOf(connection, stored);
  const part = await writePart(folder, `postgres/${table}.copy.gz`, copyOut(connection, table, columns));
  return { table, columns, content, ...part };
}

interface Source {
  readonly copy: string;
  readonly from: ClickHouseTables;
}

/** While it is counted and written, nothing of it is merged: rows that were replaced would vanish in between. */
async function saveFacts({ copy, from }: Source, tables: readonly FactTable[], folder: string, step: Step) {
  await stopMerges(from, tables);
  try {
    return await oneByOne(tables, (table) =>
      step(table.table, async () => {
        const content = await factsContentOf(from, table);
        const file = `clickhouse/${copy === '' ? 'facts' : copy}/${table.table}.native.gz`;
        const part = await writePart(folder, file, await streamFacts(from, table));
        return { copy, table: table.table, columns: table.columns, content, ...part };
      }),
    );
  } finally {
    await startMerges(from, tables);
  }
}

type Step = <Result>(table: string, work: () => Promise<Result>) => Promise<Result>;

function counted(onProgress: BackupDeps['onProgress'], of: number): Step {
  let done = 0;
  return (table, work) => {
    onProgress(table, done, of);
    done += 1;
    return work();
  };
}
