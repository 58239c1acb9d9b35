import type { Stores } from '../platform/stores.ts';
import type { CheckContext } from './checks.ts';
import { isNote, kindMark } from './columnText.ts';
import { CsvRows } from './csvRows.ts';
import { type FoundFile, findFiles, kindOfName } from './findFiles.ts';
import { importPart, type PartOutcome, type PartPlan, type PartRun } from './importPart.ts';
import { beginImport, beginPart, type ImportSource, listImports, updateImport, updatePart } from './journal.ts';
import { type KindName, kindNames } from './kinds.ts';
import type { Mapping } from './mapping.ts';
import type { Reason } from './reasons.ts';
import { openRecords } from './records.ts';
import { finishInterrupted } from './recover.ts';
import { rejectsPath, writeRejects } from './rejectsFile.ts';
import type { ImportedFile } from './schemas.ts';
import { type Format, openSource, type Packing, Refused, readName, type Source } from './source.ts';
import { dropStage } from './stage.ts';
import { whileImporting } from './writerLock.ts';

export interface IngestDeps {
  readonly stores: Stores;
  readonly now: () => number;
  readonly timeZone: string;
}

/** Derives facts of the rows of every part that the journal calls committed. Repeating it must be harmless. */
export type AfterCommit = () => Promise<void>;

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly kind?: KindName;
  readonly mapping?: Mapping;
  readonly timeZone?: string;
  readonly source: ImportSource;
  readonly by: string;
  /** Names under which files are reported, where they differ from their paths. */
  readonly names?: ReadonlyMap<string, string>;
  readonly onProgress?: (progress: Progress) => void;
  /** Called before any row is read; an import of which that fails has not begun. */
  readonly onStart?: (importId: number) => Promise<void>;
  readonly afterCommit?: AfterCommit;
}

export interface Progress {
  readonly importId: number;
  readonly phase: 'reading' | 'committing' | 'deriving' | 'done';
  readonly path: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rowsRead: number;
}

export interface ImportReport {
  readonly importId: number;
  readonly files: readonly ImportedFile[];
  /** Texts in folders whose names state no kind, of which nothing was read. */
  readonly leftOut: readonly string[];
  /** Path of the rejects file. */
  readonly rejects: string | null;
  readonly agentsKnown: boolean;
}

/** Files that name no kind and are no rejects file are reported, not silently left out. */
type Planned =
  | PartPlan
  | {
      readonly path: string;
      readonly bytes: number;
      readonly refused: Reason;
      /** A text beside the data of a folder whose name states no kind: very likely no data at all. */
      readonly isBeside?: boolean;
    };

/**
 * Imports files and folders: every row is accepted, recognised as a duplicate, or rejected with its reason. What cannot
 * be read is refused and named; the rest goes on. Rows are in the raw tables when it resolves, and facts derived.
 */
export async function importFiles(deps: IngestDeps, request: ImportRequest): Promise<ImportReport> {
  await finishInterrupted(deps, request.afterCommit ? { afterCommit: request.afterCommit } : {});
  return whileImporting(deps.stores.postgres, () => importAll(deps, request));
}

async function importAll(deps: IngestDeps, request: ImportRequest): Promise<ImportReport> {
  const { stores, now } = deps;
  const found = await findFiles(request.paths);
  const all: Planned[] = [];
  // One after the other: looking into a workbook holds its strings.
  for (const file of found) all.push(...(await planParts(file, request)));
  // Where there is nothing else, it was meant.
  const isData = (plan: Planned) => !('refused' in plan) || !plan.isBeside;
  const plans = all.some(isData) ? all.filter(isData) : all;
  const leftOut = all.filter((plan) => !plans.includes(plan)).map(({ path }) => path);
  plans.sort((a, b) => orderOf(a) - orderOf(b));
  const bytesTotal = found.reduce((sum, file) => sum + file.bytes, 0);
  const startedAt = now();
  const agentsBefore = (await knownAgents(stores)) !== null;
  const importId = await beginImport(stores.postgres, {
    source: request.source,
    by: request.by,
    bytes: bytesTotal,
    startedAt,
    agentsKnown: agentsBefore,
  });
  const meter = progressMeter(stores, importId, bytesTotal, request);
  const outcomes: PartOutcome[] = [];
  const refused: Extract<Planned, { refused: Reason }>[] = [];
  let rejectsName: string | null | undefined;
  try {
    await request.onStart?.(importId);
    let agentsKnown = true;
    for (const plan of plans) {
      if ('refused' in plan) {
        refused.push(plan);
        await beginPart(stores.postgres, {
          importId,
          path: plan.path,
          kind: null,
          bytes: plan.bytes,
          refused: plan.refused,
        });
        continue;
      }
      await meter.enter('reading');
      const known = await knownAgents(stores);
      agentsKnown &&= known !== null || !namesAgents(plan.kind);
      const run: PartRun = {
        stores,
        importId,
        context: {
          ...{ timeZone: request.timeZone ?? deps.timeZone, now: startedAt, knownAgents: known },
          erased: await erasedIds(stores),
        },
        onRead: (bytes, rows) => meter.read(plan.path, bytes, rows),
        onStaged: () => meter.enter('committing'),
      };
      outcomes.push(await importPart(run, plan));
      meter.done(plan.bytes);
    }
    rejectsName = await writeRejects(stores, importId, outcomes, refused);
    await updateImport(stores.postgres, importId, {
      state: 'deriving',
      agentsKnown,
      ...(rejectsName ? { rejectsFile: rejectsName } : {}),
    });
    meter.phase('deriving');
    await finishParts(stores, outcomes, request.afterCommit);
    await updateImport(stores.postgres, importId, { state: 'done', finishedAt: now(), ...meter.totals() });
    meter.phase('done');
    const [entry] = await listImports(stores.postgres, { id: importId, limit: 1 });
    const rejects = rejectsName ? rejectsPath(stores.dataDir, rejectsName) : null;
    return { importId, files: entry?.files ?? [], leftOut, rejects, agentsKnown };
  } catch (cause) {
    const error = cause instanceof Error ? cause.name : 'Error';
    // The files before it are in: what was rejected of them is kept, unless what failed is the very place where it is kept.
    rejectsName ??= await writeRejects(stores, importId, outcomes, refused).catch(() => null);
    await updateImport(stores.postgres, importId, {
      state: 'failed',
      finishedAt: now(),
      error,
      ...(rejectsName ? { rejectsFile: rejectsName } : {}),
    });
    throw cause;
  }
}

/** Lets go of the stages and derives facts of what was added. */
async function finishParts(
  stores: Stores,
  outcomes: readonly PartOutcome[],
  afterCommit: AfterCommit | undefined,
): Promise<void> {
  const staged = outcomes.flatMap((part) => ('refused' in part ? [] : [part]));
  for (const part of staged) await dropStage(part.stage);
  if (staged.some((part) => part.counts.accepted > 0)) await afterCommit?.();
  for (const part of staged) await updatePart(stores.postgres, part.partId, 'derived');
}

/** SQL of the set of known agents; null while none is known. */
export async function knownAgents(stores: Stores): Promise<string | null> {
  const [shard] = stores.clickhouse.shards;
  if (!shard) throw new Error('no shard');
  const any = await shard.query('SELECT 1 AS one FROM agents LIMIT 1');
  return any.length > 0 ? `SELECT agent_id FROM ${shard.database}.agents` : null;
}

/** Where the hashes of erased ids are, where there are any. */
export async function erasedIds(stores: Stores): Promise<CheckContext['erased']> {
  const [shard] = stores.clickhouse.shards;
  if (!shard) throw new Error('no shard');
  const [any] = await shard.query<{ salt: string }>('SELECT salt FROM erased_ids LIMIT 1');
  return any ? { table: `${shard.database}.erased_ids`, salt: any.salt } : null;
}

const agentless = new Set<KindName>(['calendar', 'agents', 'ratings', 'orders']);
const namesAgents = (kind: KindName): boolean => !agentless.has(kind);

const orderOf = (plan: Planned): number => ('refused' in plan ? -1 : kindNames.indexOf(plan.kind));

/** What is taken out of one file; a rejects file gives a pass for each kind of which it holds rows, whatever kind was asked for. */
export async function planParts(
  file: FoundFile,
  request: Pick<ImportRequest, 'kind' | 'mapping' | 'names'>,
): Promise<Planned[]> {
  const path = request.names?.get(file.path) ?? file.path;
  if (file.refused) return [{ path, bytes: file.bytes, refused: file.refused }];
  const { format, packing } = readName(path);
  if (!format) return [{ path, bytes: file.bytes, refused: 'unknownFormat' }];
  const base = { path, file: file.path, bytes: file.bytes, format, packing, mapping: request.mapping ?? null };
  if (request.mapping) return [{ ...base, kind: request.mapping.kind }];
  const inside = await kindsInside(file.path, format, packing);
  if (inside !== null) return inside.map((kind, index) => ({ ...base, kind, strays: index === 0 }));
  const named = request.kind ?? kindOfName(path);
  if (named) return [{ ...base, kind: named }];
  const isBeside = file.inFolder === true && /\.txt(\.gz|\.zst)?$/i.test(path);
  return [{ path, bytes: file.bytes, refused: 'unknownKind', ...(isBeside ? { isBeside } : {}) }];
}

/** Kinds of which a rejects file holds rows, one pass is made for each; null for any other file. */
async function kindsInside(path: string, format: Format, packing: Packing): Promise<KindName[] | null> {
  // Rows of JSON have no header; a rejects file is a table, also where a spreadsheet saved it as its own.
  if (format === 'jsonl') return null;
  const seen = new Set<string | undefined>();
  let rowsSeen = false;
  let source: Source | null = null;
  try {
    source = await openSource(path, packing, { hash: false });
    const records = await openRecords(source, { format, packing, expected: [] });
    const at = records.file.names.indexOf(kindMark);
    if (at < 0) return null;
    const rows = new CsvRows(records.delimiter);
    for await (const chunk of records.framed()) {
      for (const [, fault, , ...fields] of rows.push(chunk.toString('utf8'))) {
        if (fault === '' && isNote(records.file.names, fields)) continue;
        rowsSeen = true;
        if (fault === '') seen.add(fields[at]);
      }
    }
  } catch (cause) {
    // What is wrong with the file is told by the pass that imports it.
    if (!(cause instanceof Refused)) throw cause;
    return null;
  } finally {
    source?.close();
  }
  const found = kindNames.filter((kind) => seen.has(kind));
  return found.length > 0 || !rowsSeen ? found : ['messages'];
}

/** Tells how far it got: to the caller at once, to the journal about twice a second. */
function progressMeter(stores: Stores, importId: number, bytesTotal: number, request: ImportRequest) {
  let bytesBefore = 0;
  let rowsBefore = 0;
  let bytes = 0;
  let rows = 0;
  let path = '';
  let written = 0;
  let writing: Promise<void> = Promise.resolve();
  const totals = () => ({ bytesRead: Math.min(bytesTotal, bytesBefore + bytes), rowsRead: rowsBefore + rows });
  const tell = (phase: Progress['phase']): void => {
    request.onProgress?.({ importId, phase, path, bytesTotal, ...totals() });
  };
  return {
    totals,
    read(current: string, bytesNow: number, rowsNow: number): void {
      path = current;
      bytes = bytesNow;
      rows = rowsNow;
      const time = performance.now();
      if (time - written < 500) return;
      written = time;
      tell('reading');
      // Progress that cannot be written is no reason to stop; the import's own statements will fail and say why.
      writing = writing.then(() => updateImport(stores.postgres, importId, totals())).catch(() => {});
    },
    done(fileBytes: number): void {
      bytesBefore += fileBytes;
      rowsBefore += rows;
      bytes = 0;
      rows = 0;
    },
    phase: tell,
    async enter(state: 'reading' | 'committing'): Promise<void> {
      tell(state);
      await updateImport(stores.postgres, importId, { state, ...totals() });
    },
  };
}
