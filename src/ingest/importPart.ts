import { Readable } from 'node:stream';
import type { ClickHouse } from '../platform/clickhouse.ts';
import type { Stores } from '../platform/stores.ts';
import type { CheckContext } from './checks.ts';
import { commitRows } from './commit.ts';
import { logRow, ticketLog } from './fold.ts';
import { beginPart, type PartCounts, updatePart } from './journal.ts';
import { type Kind, type KindName, kinds } from './kinds.ts';
import { compileLanding, type LandingOptions, missingColumns } from './landing.ts';
import type { Mapping } from './mapping.ts';
import { refuseOtherNpsScale } from './npsScale.ts';
import { readRawTable } from './rawTable.ts';
import type { Reason } from './reasons.ts';
import { openRecords, type Records } from './records.ts';
import { type Settling, settle } from './settle.ts';
import { type Format, openSource, type Packing, Refused } from './source.ts';
import { dropStage, fillStage, openStage, type Stage, type StageTable, stageOf, stageTables } from './stage.ts';
import { rejectTwoPeople } from './twoPeople.ts';
import { whileOnlyWriter } from './writerLock.ts';

/** One file and the one kind of rows that is taken out of it. */
export interface PartPlan {
  /** As it is reported. */
  readonly path: string;
  /** Where it lies. */
  readonly file: string;
  readonly bytes: number;
  readonly format: Format;
  readonly packing: Packing;
  readonly kind: KindName;
  readonly mapping: Mapping | null;
  /** Of a file with rows of several kinds: this pass also takes the rows that belong to none. */
  readonly strays?: boolean;
}

/** A part whose rows are in the stage, settled or not. */
export interface StagedPart {
  readonly partId: number;
  readonly plan: PartPlan;
  readonly stage: Stage;
  readonly rejectColumns: readonly string[];
  readonly counts: PartCounts;
}

export interface PartRun {
  readonly stores: Stores;
  readonly importId: number;
  readonly context: Pick<CheckContext, 'timeZone' | 'now' | 'knownAgents' | 'erased'>;
  /** Called about every megabyte. */
  readonly onRead: (bytes: number, records: number) => void;
  /** All rows of a file are staged; what follows takes the writers' lock. */
  readonly onStaged?: () => Promise<void>;
  /** Of a preview: reading stops soon after so many records. */
  readonly rowsMax?: number;
}

export type PartOutcome =
  | StagedPart
  | { readonly partId: number; readonly plan: PartPlan; readonly refused: Reason; readonly column: string };

/** Stages, settles and commits one file's rows of one kind. A refused file leaves nothing behind but its entry in the journal. */
export async function importPart(run: PartRun, plan: PartPlan): Promise<PartOutcome> {
  const { stores } = run;
  const stage = await beginStage(run, plan);
  const { partId } = stage;
  let settling = false;
  try {
    const { rejectColumns, ...file } = await stageFile(run, plan, stage);
    if (plan.kind === 'ratings') await refuseOtherNpsScale(stage, plan.mapping);
    await run.onStaged?.();
    settling = true;
    const counts = await settleAndCommit(stores, stage, kinds[plan.kind], file);
    return { partId, plan, stage, rejectColumns, counts };
  } catch (cause) {
    // Rows may be in already, or the journal may call them staged although its answer was lost: the stage stays for `finishInterrupted`.
    if (settling) throw cause;
    await dropStage(stage);
    if (!(cause instanceof Refused)) {
      await updatePart(stores.postgres, partId, 'abandoned');
      throw cause;
    }
    const counts = { read: 1, accepted: 0, duplicates: 0, rejected: 1, orderDependent: 0, skipped: 0 };
    await updatePart(stores.postgres, partId, 'refused', { refused: cause.reason, counts });
    return { partId, plan, refused: cause.reason, column: cause.column };
  }
}

async function beginStage({ stores, importId }: PartRun, plan: PartPlan): Promise<Stage> {
  const { kind } = plan;
  const partId = await beginPart(stores.postgres, { importId, path: plan.path, kind, bytes: plan.bytes });
  const shard = stores.clickhouse.shards[0];
  if (!shard) throw new Error('no shard');
  return stageOf(shard, partId, await readRawTable(shard, kind));
}

interface StagedFile {
  readonly rejectColumns: readonly string[];
  readonly sha256: string;
  /** Records read, where the mapping leaves some out: those that are neither in the stage nor rejected. */
  readonly filtered: number | null;
  readonly endsOpen: boolean;
}

/** Checks the rows of a file into the stage. @throws Refused when the file as a whole cannot be taken. */
export async function stageFile(run: PartRun, plan: PartPlan, stage: Stage): Promise<StagedFile> {
  const source = await openSource(plan.file, plan.packing, { hash: true });
  const kind = kinds[plan.kind];
  const records = await openRecords(source, {
    format: plan.format,
    packing: plan.packing,
    expected: expectedColumns(kind, plan.mapping),
    ...(plan.mapping?.sheet ? { sheet: plan.mapping.sheet } : {}),
  });
  const options: LandingOptions = {
    kind,
    raw: plan.mapping?.fold ? await readRawTable(stage.connection, ticketLog) : stage.raw,
    file: { ...records.file, strays: plan.strays ?? false },
    mapping: plan.mapping,
    context: run.context,
    partId: stage.partId,
  };
  const [missing] = missingColumns(options);
  if (missing !== undefined) throw new Refused('missingColumn', missing);
  const landing = compileLanding(options);
  await openStage(stage, landing);
  const framed = Readable.from(
    watched(records, run.rowsMax, () => run.onRead(source.taken(), records.count())),
    {
      objectMode: false,
      highWaterMark: 1 << 20,
    },
  );
  await fillStage(stage, landing, options, framed, records.delimiter);
  if (plan.kind === 'agents') await rejectTwoPeople(stage, landing.rejectColumns);
  const filtered = (plan.mapping?.filter ?? []).length > 0 ? records.count() : null;
  return {
    rejectColumns: landing.rejectColumns,
    sha256: source.sha256(),
    filtered,
    endsOpen: records.endsOpen?.() ?? false,
  };
}

async function* watched(records: Records, rowsMax: number | undefined, tell: () => void): AsyncGenerator<Buffer> {
  for await (const chunk of records.framed()) {
    if (chunk.length > 0) yield chunk;
    tell();
    if (rowsMax !== undefined && records.count() >= rowsMax) return;
  }
}

/** Names that rows of JSON are searched for. */
export function expectedColumns(kind: Kind, mapping: Mapping | null): string[] {
  if (!mapping) return kind.columns.map((column) => column.name);
  const names = Object.values(mapping.columns).map((source) => (typeof source === 'string' ? source : source.from));
  const filters = (mapping.filter ?? []).map((filter) => filter.column);
  const { fold } = mapping;
  const folded = fold ? [fold.key, fold.at, fold.order, fold.state, fold.reopens, fold.handler] : [];
  const own = folded.flatMap((source) =>
    source === undefined ? [] : [typeof source === 'string' ? source : source.from],
  );
  return [...new Set([...names, ...filters, ...own])];
}

/** What a table of a stage holds rows of: an event log has rows of its own. */
export const settlingOf = (clickhouse: ClickHouse, kind: Kind, table: StageTable): Settling => ({
  clickhouse,
  kind: table.raw.name === ticketLog ? logRow : kind,
  ...table,
});

/** From the staged rows to the raw table, under the writers' lock; what became of them is in the journal before it is done. */
export async function settleAndCommit(
  stores: Stores,
  stage: Stage,
  kind: Kind,
  { sha256, filtered, endsOpen }: Omit<StagedFile, 'rejectColumns'>,
): Promise<PartCounts> {
  const { postgres } = stores;
  const [staged] = await stage.connection.query<{ rejected: string }>(
    `SELECT count() AS rejected FROM ${stage.rejects}`,
  );
  const rejected = Number(staged?.rejected);
  return whileOnlyWriter(stores, async (clickhouse) => {
    const total = { read: rejected, accepted: 0, duplicates: 0, rejected, orderDependent: 0, skipped: 0 };
    const toCommit: (StageTable & { replaced: number })[] = [];
    for (const target of await stageTables(stage)) {
      const settled = await settle(settlingOf(clickhouse, kind, target));
      total.read += settled.added + settled.duplicates;
      total.accepted += settled.added;
      total.duplicates += settled.duplicates;
      total.orderDependent += settled.orderDependent;
      if (settled.added > 0) toCommit.push({ ...target, replaced: settled.replaced });
    }
    total.skipped = filtered === null ? 0 : filtered - total.read;
    await updatePart(postgres, stage.partId, 'staged', { counts: total, sha256, endsOpen });
    for (const target of toCommit) await commitRows(clickhouse, target);
    await updatePart(postgres, stage.partId, 'committed');
    return total;
  });
}
