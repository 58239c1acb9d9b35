import type { Stores } from '../platform/stores.ts';
import { commitRows, finishReplacing, removeRows } from './commit.ts';
import type { AfterCommit, IngestDeps } from './importFiles.ts';
import { settlingOf } from './importPart.ts';
import { markDerived, updatePart } from './journal.ts';
import { type KindName, kinds } from './kinds.ts';
import { readRawTable } from './rawTable.ts';
import { firstShard, settle } from './settle.ts';
import { dropStage, type Stage, stageOf, stageTables } from './stage.ts';
import { whileNobodyImports, whileOnlyWriter } from './writerLock.ts';

interface OpenPart {
  id: number;
  kind: KindName;
  state: 'reading' | 'staged' | 'committed';
}

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

/** Undoes the parts that were still being read and commits the staged ones; answers all that were open. Nobody imports meanwhile. */
export async function finishParts(stores: Stores): Promise<OpenPart[]> {
  const { rows: parts } = await stores.postgres.query<OpenPart>(
    `SELECT p.id, p.kind, p.state FROM import_parts p JOIN imports i ON i.id = p.import_id
     WHERE p.state IN ('reading', 'staged', 'committed') AND i.source <> 'http' ORDER BY p.id`,
  );
  for (const part of parts) await finishPart(stores, part);
  return parts;
}

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
    for (const target of await stageTables(stage)) {
      // A stage that an earlier Heng left has no table for the rows of a log.
      const [found] = await stage.connection.query<{ result: number }>(`EXISTS TABLE ${target.rows}`);
      if (found?.result !== 1) continue;
      await removeRows(clickhouse, target.raw, part.id);
      const settled = await settle(settlingOf(clickhouse, kinds[part.kind], target));
      if (settled.added > 0) await commitRows(clickhouse, { ...target, replaced: settled.replaced });
    }
    await updatePart(stores.postgres, part.id, 'committed');
  });
}
