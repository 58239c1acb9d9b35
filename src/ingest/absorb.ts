import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { replaceVersions } from './commit.ts';
import { type Batch, batchRowsMax } from './groupCommit.ts';
import { erasedIds, type IngestDeps, knownAgents } from './importFiles.ts';
import type { PartCounts } from './journal.ts';
import { type KindName, kinds } from './kinds.ts';
import { compileLanding, type Landing } from './landing.ts';
import { type RawTable, readRawTable } from './rawTable.ts';
import type { IngestAnswer, Reject } from './schemas.ts';
import { firstShard, knownRows, numberedKey, replacedTable, replacedVersions, touchColumns } from './settle.ts';
import { stageSettings } from './stage.ts';
import { twoPeopleSql } from './twoPeople.ts';
import { whileOnlyWriter } from './writerLock.ts';

/** How long it is remembered that agents are known. */
const agentsKnownMs = 1000;

/** Takes in one group of batches of one kind and answers for each of them. Resolves when the rows are on disk. */
export type Absorb = (kind: KindName, batches: readonly Batch[]) => Promise<IngestAnswer[]>;

/** Tables that serve one raw table for as long as the server runs; they are used under the writers' lock alone. */
interface Desk {
  readonly raw: RawTable;
  /** Checked rows of the group, sound or not. */
  readonly landed: string;
  /** What of them is new. */
  readonly fresh: string;
}

/** The journal of what comes over HTTP. */
export interface HttpJournal {
  /** Writes down that rows of this kind are about to be added, and who sent them, before the first of them is; answers their import_id. */
  begin(kind: KindName, batches: readonly Batch[]): Promise<number>;
  /** The rows are on disk. */
  added(partId: number, counts: PartCounts): Promise<void>;
}

/** A group is small: one thread is done before others have started. */
const quick = { settings: { max_threads: 1 } } as const;

export function absorber(deps: IngestDeps, journal: HttpJournal): Absorb {
  const { stores, now } = deps;
  const desks = new Map<string, Promise<Desk>>();

  function deskOf(shard: ClickHouseConnection, target: string, landing: Landing): Promise<Desk> {
    const known = desks.get(target);
    if (known) return known;
    const opening = openDesk(shard, target, landing);
    desks.set(target, opening);
    opening.catch(() => desks.delete(target));
    return opening;
  }

  const raws = new Map<KindName, RawTable>();
  async function landingOf(shard: ClickHouseConnection, kind: KindName): Promise<Landing> {
    const raw = raws.get(kind) ?? (await readRawTable(shard, kind));
    raws.set(kind, raw);
    return compileLanding({
      kind: kinds[kind],
      raw,
      file: { names: kinds[kind].columns.map((column) => column.name), more: true },
      mapping: null,
      context: {
        ...{ timeZone: deps.timeZone, now: now(), knownAgents: await agents() },
        // Asked anew each time: after an erasure not a row more may come in.
        erased: await erasedIds(stores),
      },
      partId: 0,
    });
  }

  let agentsSeen: { at: number; known: string } | null = null;
  async function agents(): Promise<string | null> {
    const at = performance.now();
    if (agentsSeen && at - agentsSeen.at <= agentsKnownMs) return agentsSeen.known;
    // While none is known that is asked each time: the first may come in by another node.
    const known = await knownAgents(stores);
    agentsSeen = known === null ? null : { at, known };
    return known;
  }

  return (kind, batches) =>
    whileOnlyWriter(stores, async (clickhouse) => {
      const shard = firstShard(clickhouse);
      const [landing, partId] = await Promise.all([landingOf(shard, kind), journal.begin(kind, batches)]);
      const desk = await deskOf(shard, kind, landing);
      await shard.command(`TRUNCATE TABLE ${desk.landed}`);
      await shard.insert(
        `INSERT INTO ${desk.landed} ${landing.select}\nFROM input('${landing.structure}') FORMAT CSV`,
        Buffer.concat(batches.map((batch, index) => batch.framed(index * batchRowsMax))),
        { settings: { ...stageSettings, ...quick.settings, input_format_parallel_parsing: 0 } },
      );
      if (kind === 'agents') {
        const two = twoPeopleSql(desk.landed, `${shard.database}.agents`, 'sound');
        await shard.command(
          `ALTER TABLE ${desk.landed} UPDATE sound = 0, fault = 'twoPeople', shown = agent_id WHERE sound AND agent_id IN (${two})`,
          { settings: { mutations_sync: 2 } },
        );
      }
      const isMessages = kind === 'messages';
      const [landed] = await shard.query<{ faulty: string; uncut: string }>(
        `SELECT countIf(NOT sound) AS faulty, ${isMessages ? "countIf(sound AND session_id = '')" : '0'} AS uncut FROM ${desk.landed}`,
        quick,
      );
      const rejects =
        Number(landed?.faulty) > 0
          ? await shard.query<Reject>(`${landing.reasons} FROM ${desk.landed} WHERE NOT sound ORDER BY line`, quick)
          : [];
      const sound = isMessages ? "sound AND session_id != ''" : 'sound';
      const accepted = await addFresh(clickhouse, desk, { landed: desk.landed, where: sound, partId });
      if (Number(landed?.uncut) > 0) {
        const other = await deskOf(shard, 'uncut_messages', landing);
        const where = "sound AND session_id = ''";
        const more = await addFresh(clickhouse, other, { landed: desk.landed, where, partId });
        for (const [batch, rows] of more) accepted.set(batch, (accepted.get(batch) ?? 0) + rows);
      }
      const read = batches.reduce((rows, batch) => rows + batch.rows, 0);
      const added = [...accepted.values()].reduce((all, n) => all + n, 0);
      const rejected = rejects.length;
      const counts = {
        read,
        accepted: added,
        duplicates: read - added - rejected,
        rejected,
        orderDependent: 0,
        skipped: 0,
      };
      await journal.added(partId, counts);
      return batches.map((batch, index) => answerOf(batch, index, accepted, rejects));
    });
}

async function openDesk(shard: ClickHouseConnection, target: string, landing: Landing): Promise<Desk> {
  const raw = await readRawTable(shard, target);
  const name = `${shard.database}.ingest_http_${target}`;
  await shard.command(`CREATE OR REPLACE TABLE ${name} (${landing.passing}) ENGINE = Memory`);
  await shard.command(`CREATE OR REPLACE TABLE ${name}_fresh AS ${shard.database}.${target} ENGINE = Memory`);
  return { raw, landed: name, fresh: `${name}_fresh` };
}

/** Adds the rows of the group that are new, and answers how many for each batch. */
async function addFresh(
  clickhouse: ClickHouse,
  desk: Desk,
  from: { landed: string; where: string; partId: number },
): Promise<Map<number, number>> {
  const { raw, fresh } = desk;
  const shard = firstShard(clickhouse);
  const byKey = raw.types.has('key');
  // The key of an anonymous message carries its number among equal ones of its batch.
  const source = byKey
    ? `(SELECT * EXCEPT key, ${numberedKey('nth')} AS key FROM (
        SELECT *, row_number() OVER (PARTITION BY intDiv(line, ${batchRowsMax}), key, message_id ORDER BY seq, content_hash, line) AS nth
        FROM ${from.landed} WHERE ${from.where}))`
    : `(SELECT * FROM ${from.landed} WHERE ${from.where})`;
  const identity = byKey ? 'key, content_hash' : 'content_hash';
  const columns = raw.columns.map((name) =>
    name === 'import_id' ? `toUInt32(${from.partId})` : name === 'line' ? 'line' : `\`${name}\``,
  );
  const touching = touchColumns(raw);
  const known = knownRows(raw, `(${touching}) GLOBAL IN (SELECT ${touching} FROM ${from.landed} WHERE ${from.where})`);
  await shard.command(`TRUNCATE TABLE ${fresh}`);
  await clickhouse.all.command(
    `INSERT INTO ${fresh} SELECT ${columns.join(', ')} FROM ${source}
     WHERE (${identity}) GLOBAL NOT IN (${known}) ORDER BY line LIMIT 1 BY ${identity}`,
    quick,
  );
  const counts = await shard.query<{ batch: number; n: string; keys: string }>(
    `SELECT toUInt32(intDiv(line, ${batchRowsMax})) AS batch, count() AS n FROM ${fresh} GROUP BY batch`,
    quick,
  );
  if (counts.length === 0) return new Map();
  const replaced = byKey ? await replacedVersions(clickhouse, raw, fresh) : 0;
  const stored = raw.columns.map((name) => (name === 'line' ? `toUInt32(line % ${batchRowsMax})` : `\`${name}\``));
  const winners =
    replaced > 0 ? `WHERE (key, content_hash) NOT IN (SELECT key, content_hash FROM ${replacedTable(fresh)})` : '';
  const insert = `INSERT INTO ${raw.name} SELECT ${stored.join(', ')} FROM ${fresh} ${winners}`;
  if (replaced > 0) await replaceVersions(clickhouse, raw, fresh, () => clickhouse.all.command(insert, quick));
  else await clickhouse.all.command(insert, quick);
  return new Map(counts.map(({ batch, n }) => [batch, Number(n)]));
}

function answerOf(
  batch: Batch,
  index: number,
  accepted: ReadonlyMap<number, number>,
  rejects: readonly Reject[],
): IngestAnswer {
  const from = index * batchRowsMax;
  const own = rejects.filter(({ line }) => line > from && line < from + batchRowsMax);
  // A batch of which nothing is new is not in the counts.
  const added = accepted.get(index) ?? 0;
  return {
    accepted: added,
    duplicates: batch.rows - own.length - added,
    rejected: own.map((reject) => ({ ...reject, line: reject.line - from })),
  };
}
