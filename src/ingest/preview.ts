import { ticketsOf } from './fold.ts';
import { erasedIds, type IngestDeps, knownAgents } from './importFiles.ts';
import { type PartPlan, type PartRun, stageFile } from './importPart.ts';
import { kinds, storedName } from './kinds.ts';
import { readRawTable } from './rawTable.ts';
import type { Preview, Reject } from './schemas.ts';
import { firstShard } from './settle.ts';
import { dropStage, logTable, stageOf } from './stage.ts';

const shownRows = 50;
export const previewRows = 2000;

/** The first rows as they would land, through the same checks into a stage that is never committed. */
export async function previewPart(deps: IngestDeps, plan: PartPlan, timeZone: string): Promise<Preview> {
  const { stores } = deps;
  const shard = firstShard(stores.clickhouse);
  const { rows: ids } = await stores.postgres.query<{ id: number }>(`SELECT nextval('import_part_ids')::int AS id`);
  const stage = stageOf(shard, (ids[0] as { id: number }).id, await readRawTable(shard, plan.kind));
  const run: PartRun = {
    stores,
    importId: 0,
    context: { timeZone, now: deps.now(), knownAgents: await knownAgents(stores), erased: await erasedIds(stores) },
    onRead: () => {},
    rowsMax: previewRows,
  };
  try {
    await stageFile(run, plan, stage);
    if (plan.mapping?.fold) {
      const tickets = ticketsOf(logTable(stage.rows), plan.mapping, stage.raw, 0);
      await shard.command(`INSERT INTO ${stage.rows} ${tickets}`);
    }
    const columns = kinds[plan.kind].columns.map(storedName).filter((name) => stage.raw.types.has(name));
    const shown = columns.map((name) => `toString(\`${name}\`) AS \`${name}\``).join(', ');
    const tables = stage.uncut ? `(SELECT * FROM ${stage.rows} UNION ALL SELECT * FROM ${stage.uncut})` : stage.rows;
    const [rows, rejects, counted] = await Promise.all([
      shard.query<Record<string, string | null>>(
        `SELECT ${shown}, toString(attributes) AS attributes FROM ${tables} ORDER BY line LIMIT ${shownRows}`,
        { settings: { prefer_column_name_to_alias: 1 } },
      ),
      shard.query<Reject>(`SELECT line, column, value, reason FROM ${stage.rejects} ORDER BY line LIMIT ${shownRows}`),
      shard.query<{ landed: string; rejected: string }>(
        `SELECT (SELECT count() FROM ${tables}) AS landed, (SELECT count() FROM ${stage.rejects}) AS rejected`,
      ),
    ]);
    const rejected = Number(counted[0]?.rejected);
    return {
      kind: plan.kind,
      read: Number(counted[0]?.landed) + rejected,
      columns: [...columns, 'attributes'],
      rows: rows.map((row) => ({ ...row, attributes: row.attributes === '{}' ? null : (row.attributes ?? null) })),
      rejects,
      rejected,
    };
  } finally {
    await dropStage(stage);
  }
}
