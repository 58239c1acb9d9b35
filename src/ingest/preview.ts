import { kindMark } from './columnText.ts';
import { ticketsOf } from './fold.ts';
import { erasedIds, type IngestDeps, knownAgents } from './importFiles.ts';
import { type PartPlan, type PartRun, stageFile } from './importPart.ts';
import { kinds, storedName } from './kinds.ts';
import { readRawTable } from './rawTable.ts';
import type { Preview, Reject } from './schemas.ts';
import { firstShard } from './settle.ts';
import { Refused } from './source.ts';
import { dropStage, stageOf } from './stage.ts';

const shownRows = 50;
export const previewRows = 2000;

/** The first rows of every part of a file as they would land. @throws Refused where there is no part that could be taken. */
export async function previewParts(deps: IngestDeps, plans: readonly PartPlan[], timeZone: string): Promise<Preview> {
  const parts: Preview[] = [];
  const refusals: Refused[] = [];
  for (const plan of plans) {
    try {
      parts.push(await previewPart(deps, plan, timeZone));
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      refusals.push(cause);
    }
  }
  const [first] = parts;
  if (!first) throw refusals[0] ?? new Refused('emptyFile');
  if (plans.length === 1) return first;
  const refused = refusals.map(({ reason, column }): Reject => ({ line: 1, column, value: '', reason }));
  const sum = (count: (part: Preview) => number) => parts.reduce((all, part) => all + count(part), refused.length);
  return {
    kind: null,
    read: sum(({ read }) => read),
    columns: [...new Set([kindMark, ...parts.flatMap(({ columns }) => columns)])],
    rows: parts.flatMap(({ kind, rows }) => rows.map((row) => ({ [kindMark]: kind, ...row }))).slice(0, shownRows),
    rejects: [...refused, ...parts.flatMap(({ rejects }) => rejects)]
      .sort((a, b) => a.line - b.line)
      .slice(0, shownRows),
    rejected: sum(({ rejected }) => rejected),
    skipped: parts.reduce((all, { skipped }) => all + skipped, 0),
  };
}

/** The first rows of one part as they would land, through the same checks into a stage that is never committed. */
async function previewPart(deps: IngestDeps, plan: PartPlan, timeZone: string): Promise<Preview> {
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
    const { filtered } = await stageFile(run, plan, stage);
    const log = plan.mapping?.fold ? stage.log : null;
    if (log) await shard.command(`INSERT INTO ${stage.rows} ${ticketsOf(log, '1', stage.raw)}`);
    const columns = kinds[plan.kind].columns.map(storedName).filter((name) => stage.raw.types.has(name));
    const shown = columns.map((name) => `toString(\`${name}\`) AS \`${name}\``).join(', ');
    const tables = stage.uncut ? `(SELECT * FROM ${stage.rows} UNION ALL SELECT * FROM ${stage.uncut})` : stage.rows;
    const [rows, rejects, counted] = await Promise.all([
      shard.query<Record<string, string | null>>(
        `SELECT ${shown}, toString(attributes) AS attributes FROM ${tables} ORDER BY line LIMIT ${shownRows}`,
        { settings: { prefer_column_name_to_alias: 1 } },
      ),
      shard.query<Reject>(`SELECT line, column, value, reason FROM ${stage.rejects} ORDER BY line LIMIT ${shownRows}`),
      shard.query<{ landed: string; staged: string; rejected: string }>(
        `SELECT (SELECT count() FROM ${tables}) AS landed, (SELECT count() FROM ${log ?? tables}) AS staged,
           (SELECT count() FROM ${stage.rejects}) AS rejected`,
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
      skipped: filtered === null ? 0 : filtered - Number(counted[0]?.staged) - rejected,
    };
  } finally {
    await dropStage(stage);
  }
}
