import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { keepList, readList } from '../../erasure/erasureList.ts';
import { type ErasedAgain, eraseAgain } from '../../erasure/verbs/eraseAgain.ts';
import { rebuildServiceDays } from '../../facts/organisationFacts.ts';
import { readLedgerSettings } from '../../ledger/ledgerSettings.ts';
import { checkLedger } from '../../ledger/verbs/checkLedger.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { forgetMoved } from '../../people/moved.ts';
import { openSignIn } from '../../people/signIn.ts';
import { makeDataDir } from '../../platform/dataDir.ts';
import { Conflict, Invalid } from '../../platform/errors.ts';
import { heldBy } from '../../platform/lock.ts';
import { silentLog } from '../../platform/log.ts';
import { openStores, restoringFile } from '../../platform/stores.ts';
import { restoreDataFile } from '../dataFiles.ts';
import { demandSameTables, loadFacts, loadTables, type RestoreStep } from '../load.ts';
import type { Manifest } from '../manifest.ts';
import { holdsData } from '../postgresTableStore.ts';
import { type RestoreMark, readMark, targetOf, writeMark } from '../restoreMark.ts';
import { savedSalt } from '../savedSalt.ts';
import { verifyBackup } from './verifyBackup.ts';

export interface RestoreTarget {
  /** An empty folder, or one in which a restore was cut off. */
  readonly dataDir: string;
  /** Where the servers are, if it goes into servers: they must hold nothing of Heng's. */
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  /** The list of whoever was erased since the backup; null where none is at hand. */
  readonly erased: string | null;
  readonly onProgress: (step: RestoreStep, done: number, of: number) => void;
}

export interface Restored {
  readonly madeAt: string;
  readonly heng: string;
  readonly tables: number;
  readonly rows: string;
  readonly ledgerSize: number;
  /** Who of the list of erasures was erased again; null without a list. */
  readonly erasedAgain: ErasedAgain | null;
}

/**
 * Brings a backup back into an empty installation, embedded or on servers, of any number of shards: verifies its files, loads them
 * under the schema they were made with, compares every table's content and the whole ledger, then migrates to this Heng's schema, and
 * erases again whoever was erased since. Until the end the folder is marked, and nothing else opens it; running it again goes on, or begins anew.
 * Throws what `verifyBackup` throws; BadInput `erasure.listUnreadable` and Conflict `restore.otherList` before anything is written; Conflict `restore.notEmpty`, `restore.serverNotEmpty`, `dataDir.held`; Invalid `restore.differs`;
 * what `eraseAgain` throws.
 */
export async function restoreBackup(target: RestoreTarget, actor: Actor, folder: string): Promise<Restored> {
  authorise(actor, 'backup.write');
  const { dataDir, env, now, erased, onProgress } = target;
  const list = erased === null ? null : readList(erased);
  const { manifest, hash } = await verifyBackup(folder, (done, of) => onProgress('verifying', done, of));
  const salt = await savedSalt(folder, manifest);
  // Found out after hours of loading it would be too late.
  if (list !== null && salt !== null && salt !== list.salt)
    throw new Conflict('restore.otherList', { file: String(erased) });
  const begun: RestoreMark = { backup: hash, target: targetOf(env), stage: 'begun' };
  const before = prepare(dataDir, begun);
  if (before !== 'loaded') {
    await load(target, { manifest, folder, begun, again: before === 'begun' });
    writeMark(dataDir, { ...begun, stage: 'loaded' });
  }

  onProgress('upgrading', 0, 1);
  const restored = await openStores({ dataDir, env, command: 'heng restore', restoring: {} });
  let erasedAgain: Restored['erasedAgain'] = null;
  try {
    for (const shard of restored.clickhouse.shards) await rebuildServiceDays(shard, readConfig(env).timeZone);
    onProgress('ledger', 0, 1);
    const { faults } = await checkLedger(
      // Nobody outside is told: a restore may be a rehearsal beside the installation that goes on.
      { stores: restored, now, log: silentLog, ledger: { ...readLedgerSettings(env), anchors: [] } },
      actor,
    );
    if (faults.length > 0)
      throw new Invalid(
        'restore.differs',
        faults.map(({ code, params }) => ({ path: 'ledger', code, params })),
      );
    // A move saves the mark that it set before; what arrives is the one that goes on.
    await forgetMoved(restored.postgres);
    await audit({ stores: restored, now }, actor, 'backup.restored', manifest.madeAt);
    // While nothing else may open it: whoever was erased is seen by nobody again.
    if (erased !== null) {
      onProgress('erasing', 0, 1);
      erasedAgain = await eraseAgain({ stores: restored, now, log: silentLog }, actor, {
        file: erased,
        restoring: true,
      });
    } else await keepList(restored);
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
    erasedAgain,
  };
}

/** How far the same restore came before; what any other left in the folder is taken away, on servers it is not. */
function prepare(dataDir: string, { backup, target }: RestoreMark): 'new' | RestoreMark['stage'] {
  makeDataDir(dataDir);
  const holder = heldBy(dataDir);
  if (holder) throw new Conflict('restore.held', { dir: dataDir, pid: holder.pid, command: holder.command });
  const mark = readMark(dataDir);
  const inside = readdirSync(dataDir).map((name) => join(dataDir, name));
  if (mark === undefined && inside.length > 0) throw new Conflict('restore.notEmpty', { dir: dataDir });
  const isSame = mark?.backup === backup && mark.target === target;
  if (isSame && mark.stage === 'loaded') return 'loaded';
  for (const path of inside) if (path !== restoringFile(dataDir)) rmSync(path, { recursive: true, force: true });
  return isSame ? 'begun' : 'new';
}

interface Loading {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly begun: RestoreMark;
  /** The same restore was begun before: what is there, it has put there. */
  readonly again: boolean;
}

async function load(target: RestoreTarget, { manifest, folder, begun, again }: Loading): Promise<void> {
  const { dataDir, env, onProgress } = target;
  const restoring = { upTo: lastOf(manifest), demandEmpty: !again };
  if (begun.target === targetOf({})) writeMark(dataDir, begun);
  const stores = await openStores({ dataDir, env, command: 'heng restore', restoring }).catch((cause: unknown) => {
    // Refused before anything was restored: the folder is as empty as it was found.
    if (!again) for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true, force: true });
    throw cause;
  });
  try {
    // On servers only now: they are empty, and from here on what is in them is ours.
    writeMark(dataDir, begun);
    for (const file of manifest.files) await restoreDataFile(folder, dataDir, file);
    // Accounts have tables that the sign-in makes by itself.
    await openSignIn(
      { stores, log: silentLog, now: target.now },
      { secret: randomBytes(32).toString('hex'), publicUrl: null },
    );
    // All of it goes in at once: what an earlier try has put in is whole, or somebody has worked there since.
    const holds = await holdsData(stores.postgres);
    if (holds) await demandSameTables(stores.postgres, manifest);
    await loadFacts(stores, manifest, folder, onProgress);
    if (!holds) await loadTables(stores, manifest, folder, onProgress);
  } finally {
    await stores.close();
  }
}

const lastOf = ({ schema }: Manifest) => ({
  postgres: schema.postgres.at(-1)?.number ?? 0,
  clickhouse: schema.clickhouse.at(-1)?.number ?? 0,
});
