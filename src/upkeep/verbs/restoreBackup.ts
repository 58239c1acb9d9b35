import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildServiceDays } from '../../facts/organisationFacts.ts';
import { readLedgerSettings } from '../../ledger/ledgerSettings.ts';
import { checkLedger } from '../../ledger/verbs/checkLedger.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { openSignIn } from '../../people/signIn.ts';
import { Conflict, Invalid } from '../../platform/errors.ts';
import { heldBy } from '../../platform/lock.ts';
import { silentLog } from '../../platform/log.ts';
import { isRestoring, openStores, restoringFile } from '../../platform/stores.ts';
import { holdsFacts } from '../clickhouseTableStore.ts';
import { restoreDataFile } from '../dataFiles.ts';
import { demandSameTables, loadFacts, loadTables, type RestoreStep } from '../load.ts';
import type { Manifest } from '../manifest.ts';
import { holdsData } from '../postgresTableStore.ts';
import { verifyBackup } from './verifyBackup.ts';

export interface RestoreTarget {
  /** An empty folder, or one in which a restore was cut off. */
  readonly dataDir: string;
  /** Where the servers are, if it goes into servers: they must hold nothing of Heng's. */
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly onProgress: (step: RestoreStep, done: number, of: number) => void;
}

export interface Restored {
  readonly madeAt: string;
  readonly heng: string;
  readonly tables: number;
  readonly rows: string;
  readonly ledgerSize: number;
}

/**
 * Brings a backup back into an empty installation, embedded or on servers, of any number of shards: verifies its files, loads them
 * under the schema they were made with, compares every table's content and the whole ledger, then migrates to this Heng's schema.
 * Until the end the folder is marked, and nothing else opens it; running it again begins anew.
 * Throws what `verifyBackup` throws; Conflict `restore.notEmpty`, `restore.serverNotEmpty`, `dataDir.held`; Invalid `restore.differs`.
 */
export async function restoreBackup(target: RestoreTarget, actor: Actor, folder: string): Promise<Restored> {
  authorise(actor, 'backup.write');
  const { dataDir, env, now, onProgress } = target;
  const manifest = await verifyBackup(folder, (done, of) => onProgress('verifying', done, of));
  const before = prepare(dataDir);
  if (before !== 'loaded') {
    for (const file of manifest.files) await restoreDataFile(folder, dataDir, file);
    await load(target, manifest, folder, before === 'begun');
    writeFileSync(restoringFile(dataDir), 'loaded');
  }

  onProgress('upgrading', 0, 1);
  const restored = await openStores({ dataDir, env, command: 'heng restore', restoring: {} });
  try {
    for (const shard of restored.clickhouse.shards) await rebuildServiceDays(shard);
    onProgress('ledger', 0, 1);
    const { faults } = await checkLedger(
      { stores: restored, now, log: silentLog, ledger: readLedgerSettings(env) },
      actor,
    );
    if (faults.length > 0)
      throw new Invalid(
        'restore.differs',
        faults.map(({ code, params }) => ({ path: 'ledger', code, params })),
      );
    await audit({ stores: restored, now }, actor, 'backup.restored', manifest.madeAt);
  } finally {
    await restored.close();
  }
  rmSync(restoringFile(dataDir));
  const all = [...manifest.postgres, ...manifest.clickhouse];
  return {
    madeAt: manifest.madeAt,
    heng: manifest.heng,
    tables: all.length,
    rows: String(all.reduce((sum, { content }) => sum + BigInt(content.rows), 0n)),
    ledgerSize: manifest.ledgerSize,
  };
}

/** Marks the folder as being restored, and says how far an earlier try came; what it did not finish is taken away. */
function prepare(dataDir: string): 'new' | 'begun' | 'loaded' {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const holder = heldBy(dataDir);
  if (holder) throw new Conflict('restore.held', { dir: dataDir, pid: holder.pid, command: holder.command });
  const before = !isRestoring(dataDir) ? 'new' : readFileSync(restoringFile(dataDir), 'utf8') ? 'loaded' : 'begun';
  if (before === 'loaded') return before;
  const inside = readdirSync(dataDir).map((name) => join(dataDir, name));
  if (before === 'new' && inside.length > 0) throw new Conflict('restore.notEmpty', { dir: dataDir });
  writeFileSync(restoringFile(dataDir), '', { mode: 0o600 });
  for (const path of inside) if (path !== restoringFile(dataDir)) rmSync(path, { recursive: true, force: true });
  return before;
}

async function load(target: RestoreTarget, manifest: Manifest, folder: string, again: boolean): Promise<void> {
  const { dataDir, env, onProgress } = target;
  const stores = await openStores({ dataDir, env, command: 'heng restore', restoring: { upTo: lastOf(manifest) } });
  try {
    // Accounts have tables that the sign-in makes by itself.
    await openSignIn({ stores, log: silentLog }, { secret: randomBytes(32).toString('hex'), publicUrl: null });
    const holds = await holdsData(stores.postgres);
    if (!again && (holds || (await holdsFacts(stores.clickhouse)))) throw new Conflict('restore.serverNotEmpty');
    await loadFacts(stores, manifest, folder, onProgress);
    // All of it goes in at once: what a try before this one has put in is whole, or is not there.
    if (holds) await demandSameTables(stores.postgres, manifest);
    else await loadTables(stores, manifest, folder, onProgress);
  } finally {
    await stores.close();
  }
}

const lastOf = ({ schema }: Manifest) => ({
  postgres: schema.postgres.at(-1)?.number ?? 0,
  clickhouse: schema.clickhouse.at(-1)?.number ?? 0,
});
