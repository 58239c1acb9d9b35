import type { Stores } from '../platform/stores.ts';
import { commitRows, finishReplacing, removeRows } from './commit.ts';
import type { AfterCommit, IngestDeps } from './importFiles.ts';
import { settlingOf } from './importPart.ts';
import { anyImportOpen, isStaged, markDerived, type OpenPart, openParts, updatePart } from './journal.ts';
import { kinds } from './kinds.ts';
import { readRawTable } from './rawTable.ts';
import { firstShard, settle } from './settle.ts';
import { dropStage, isThere, type Stage, stageOf, stageTables } from './stage.ts';
import { whileNobodyImports, whileOnlyWriter } from './writerLock.ts';

/**
 * Finishes what a crash interrupted: parts that were still being read are undone, staged ones are committed, and facts
 * of committed ones are derived. Does nothing while another process imports. What came over HTTP the server follows by itself.
 */
export async function finishInterrupted(
  { stores, now }: IngestDeps,
  options: { afterCommit?: AfterCommit },
): Promise<void> {
  const { postgres } = stores;
  await whileNobodyImports(postgres, async () => {
    const parts = await finishParts(stores);
    await whileOnlyWriter(stores, finishReplacing);
    const committed = parts.filter((part) => part.state !== 'reading').map((part) => part.id);
    if (committed.length > 0) {
      await options.afterCommit?.();
      await markDerived(postgres, committed);
    }
    await postgres.query(
      `UPDATE imports SET state = 'failed', error = 'interrupted', finished_at = to_timestamp($1::double precision / 1000)
       WHERE state NOT IN ('done', 'failed')`,
      [now()],
    );
  });
}

/** The same where anything is left at all: asked often, by every node. */
export async function finishLeft(deps: IngestDeps, options: { afterCommit?: AfterCommit }): Promise<void> {
  if (await anyImportOpen(deps.stores.postgres)) await finishInterrupted(deps, options);
}

/** Undoes the parts that were still being read and commits the staged ones; answers all that were open. Nobody imports meanwhile. */
export async function finishParts(stores: Stores): Promise<OpenPart[]> {
  const parts = await openParts(stores.postgres);
  for (const part of parts) await finishPart(stores, part);
  return parts;
}

/**
 * Commits what a crash or a failure left staged, also while others import: between two writers a part is staged only where its commit
 * did not come to its end. Their facts are derived by whoever looks next.
 */
export async function finishStaged(stores: Stores): Promise<void> {
  for (const part of await openParts(stores.postgres)) if (part.state === 'staged') await finishPart(stores, part);
}

/** Whether a part is staged. The caller holds the writers' lock: with it, that means left half-way. */
export const anyStaged = async ({ postgres }: Stores): Promise<boolean> =>
  (await openParts(postgres)).some(({ state }) => state === 'staged');

async function finishPart(stores: Stores, part: OpenPart): Promise<void> {
  const shard = firstShard(stores.clickhouse);
  const stage = stageOf(shard, part.id, await readRawTable(shard, part.kind));
  if (part.state === 'reading') await updatePart(stores.postgres, part.id, 'abandoned');
  if (part.state === 'staged') await commitAgain(stores, part, stage);
  await dropStage(stage);
}

/** What had been put there is taken out first; others may have added rows since, so the stage is settled once more. */
async function commitAgain(stores: Stores, part: OpenPart, stage: Stage): Promise<void> {
  await whileOnlyWriter(stores, async (clickhouse) => {
    if (!(await isStaged(stores.postgres, part.id))) return;
    // An older Heng's backup has the journal and no stages: of such a part nothing stays, as if it had never been sent.
    const isWhole = await isThere(stage, stage.rows);
    for (const target of await stageTables(stage)) {
      await removeRows(clickhouse, target.raw, part.id);
      // A stage that an earlier Heng left has no table for the rows of a log.
      if (!isWhole || !(await isThere(stage, target.rows))) continue;
      const settled = await settle(settlingOf(clickhouse, kinds[part.kind], target));
      if (settled.added > 0) await commitRows(clickhouse, { ...target, replaced: settled.replaced });
    }
    await updatePart(stores.postgres, part.id, isWhole ? 'committed' : 'abandoned');
  });
}
