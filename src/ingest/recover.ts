import type { Stores } from '../platform/stores.ts';
import { commitRows, removeRows } from './commit.ts';
import type { AfterCommit, IngestDeps } from './importFiles.ts';
import { updatePart } from './journal.ts';
import { type KindName, kinds } from './kinds.ts';
import { readRawTable } from './rawTable.ts';
import { settle } from './settle.ts';
import { dropStage, type Stage, stageOf } from './stage.ts';
import { whileNobodyImports, whileOnlyWriter } from './writerLock.ts';

interface OpenPart {
  id: number;
  kind: KindName;
  state: 'reading' | 'staged' | 'committed';
}

/**
 * Finishes what a crash interrupted: parts that were still being read are undone, staged ones are committed, and facts
 * of committed ones are derived. Does nothing while another process is importing.
 */
export async function finishInterrupted(deps: IngestDeps, afterCommit?: AfterCommit): Promise<void> {
  const { stores, now } = deps;
  await whileNobodyImports(stores.postgres, async () => {
    const { rows: parts } = await stores.postgres.query<OpenPart>(
      `SELECT id, kind, state FROM import_parts WHERE state IN ('reading', 'staged', 'committed') ORDER BY id`,
    );
    for (const part of parts) await finishPart(deps, part, afterCommit);
    await stores.postgres.query(
      `UPDATE imports SET state = 'failed', error = 'interrupted', finished_at = to_timestamp($1::double precision / 1000)
       WHERE state NOT IN ('done', 'failed')`,
      [now()],
    );
  });
}

async function finishPart({ stores }: IngestDeps, part: OpenPart, afterCommit?: AfterCommit): Promise<void> {
  const { postgres } = stores;
  const shard = stores.clickhouse.shards[0];
  if (!shard) throw new Error('no shard');
  const stage = stageOf(shard, part.id, await readRawTable(shard, part.kind));
  if (part.state === 'reading') {
    await dropStage(stage);
    await updatePart(postgres, part.id, 'abandoned');
    return;
  }
  if (part.state === 'staged') await commitAgain(stores, part, stage);
  await afterCommit?.([{ partId: part.id, kind: part.kind, rows: stage.rows, uncut: stage.uncut }]);
  await updatePart(postgres, part.id, 'derived');
  await dropStage(stage);
}

/** What had been put there is taken out first; others may have added rows since, so the stage is settled once more. */
async function commitAgain({ clickhouse, postgres }: Stores, part: OpenPart, stage: Stage): Promise<void> {
  const targets = [{ raw: stage.raw, rows: stage.rows }];
  if (stage.uncut) targets.push({ raw: await readRawTable(stage.connection, 'uncut_messages'), rows: stage.uncut });
  await whileOnlyWriter(postgres, async () => {
    for (const target of targets) {
      await removeRows(clickhouse, target.raw, part.id);
      const settled = await settle({ clickhouse, kind: kinds[part.kind], ...target });
      if (settled.added > 0) await commitRows(clickhouse, target);
    }
    await updatePart(postgres, part.id, 'committed');
  });
}
