import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { forgetMoved, movedTo, noteMoved } from '../../people/moved.ts';
import { holding, isHeld } from '../../platform/advisoryLock.ts';
import { BadInput, Conflict } from '../../platform/errors.ts';
import { isRestoring, type OpenStores, openStores } from '../../platform/stores.ts';
import { manifestFile } from '../manifest.ts';
import { targetOf } from '../restoreMark.ts';
import { type BackupDeps, makeBackup } from './makeBackup.ts';
import { type Restored, type RestoreTarget, restoreBackup } from './restoreBackup.ts';

interface Move extends Pick<RestoreTarget, 'env' | 'now'>, Pick<BackupDeps, 'version'> {
  /** The installation that moves. */
  readonly dataDir: string;
  /** An empty folder: the data directory in which it goes on. */
  readonly newDir: string;
  /** Where to: the servers that `env` names, or embedded engines. The other is where it is. */
  readonly to: 'servers' | 'embedded';
  readonly onSaving: BackupDeps['onProgress'];
  readonly onLoading: RestoreTarget['onProgress'];
}

/**
 * Moves an installation from embedded engines to servers or back: a backup that is restored elsewhere, every table compared. Nobody works
 * with it meanwhile, and what is left is marked so that nobody works with it afterwards. Cut off, it goes on when it is run again.
 * Throws BadInput `move.noServers`, `move.sameFolder`; Conflict `dataDir.held`, `move.inUse`, `move.elsewhere`, `move.done`; what
 * `restoreBackup` throws.
 */
export async function moveInstallation(move: Move, actor: Actor): Promise<Restored> {
  authorise(actor, 'backup.write');
  const { dataDir, newDir, env, to, now } = move;
  if (!env.DATABASE_URL && !env.CLICKHOUSE_URL) throw new BadInput('move.noServers');
  if (dataDir === newDir) throw new BadInput('move.sameFolder', { dir: newDir });
  const [from, into] = to === 'servers' ? [embedded(env), env] : [env, embedded(env)];
  const folder = `${newDir}.moving`;
  await save({ ...move, env: from }, actor, { folder, target: targetOf(into) });
  try {
    const restored = await restoreBackup(
      { dataDir: newDir, env: into, now, erased: null, onProgress: move.onLoading },
      actor,
      folder,
    );
    rmSync(folder, { recursive: true });
    return restored;
  } catch (cause) {
    // Refused before anything was written there: it stays where it is.
    if (!isRestoring(newDir)) await stayHere({ dataDir, env: from }, actor);
    throw cause;
  }
}

/** Takes back that an installation has moved: whoever calls goes on with the one that was left. */
export async function stayHere({ dataDir, env }: Pick<Move, 'dataDir' | 'env'>, actor: Actor): Promise<void> {
  authorise(actor, 'backup.write');
  await within({ dataDir, env }, ({ postgres }) => forgetMoved(postgres));
}

const embedded = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  ...{ DATABASE_URL: '', CLICKHOUSE_URL: '', CLICKHOUSE_CLUSTER: '' },
});

async function within(
  { dataDir, env }: Pick<Move, 'dataDir' | 'env'>,
  work: (stores: OpenStores) => Promise<void>,
): Promise<void> {
  const stores = await openStores({ dataDir, env, command: 'heng move', exclusive: true });
  try {
    await work(stores);
  } finally {
    await stores.close();
  }
}

/** Before anything is saved: whoever comes from here on is refused, and whoever is at work ends the move before it has begun. */
const noteMoving = (postgres: pg.Pool, moved: Parameters<typeof noteMoved>[1]): Promise<void> =>
  holding(postgres, 'commands', 'try', async (alone) => {
    if (!alone) throw new Conflict('move.inUse');
    await noteMoved(postgres, moved);
  });

/** The mark that the installation moves, so that nothing is added that would be lost, and then all of it in the folder. */
async function save(move: Move, actor: Actor, { folder, target }: { folder: string; target: string }): Promise<void> {
  const { newDir, now, version } = move;
  // No node starts before the mark is there.
  await within(move, (stores) =>
    holding(stores.postgres, 'starting', 'wait', async () => {
      const { postgres } = stores;
      if (await isHeld(postgres, 'nodes')) throw new Conflict('move.inUse');
      const before = await movedTo(postgres);
      if (before) {
        if (before.to !== target || before.dataDir !== newDir)
          throw new Conflict('move.elsewhere', { dir: before.dataDir });
        if (!isRestoring(newDir) && existsSync(newDir) && readdirSync(newDir).length > 0) {
          rmSync(folder, { recursive: true, force: true });
          throw new Conflict('move.done', { dir: newDir });
        }
        if (existsSync(join(folder, manifestFile))) return;
      }
      rmSync(folder, { recursive: true, force: true });
      await noteMoving(postgres, { to: target, dataDir: newDir, at: new Date(now()).toISOString() });
      try {
        await makeBackup({ stores, now, version, onProgress: move.onSaving }, actor, folder);
      } catch (cause) {
        await forgetMoved(postgres);
        throw cause;
      }
    }),
  );
}
