import { ticketLog } from '../ingest/fold.ts';
import { finishParts } from '../ingest/recover.ts';
import { forgetRejects } from '../ingest/rejectsFile.ts';
import { forgetAllUploads } from '../ingest/uploads.ts';
import { whileOnlyWriter } from '../ingest/writerLock.ts';
import { holding, holdingAll } from '../platform/advisoryLock.ts';
import type { ClickHouse, ClickHouseConnection, ClickHouseTables } from '../platform/clickhouse.ts';
import { outline } from '../platform/http.ts';
import { onEveryReplica } from '../platform/inStep.ts';
import type { Log } from '../platform/log.ts';
import { asSoleWriter } from '../platform/soleWriter.ts';
import type { Stores } from '../platform/stores.ts';
import { eraseEmployeeRecords, type NotErased } from './employeeRecordStore.ts';
import { employeeTables } from './employeeTables.ts';
import { changeRows, dropMasked, eraseEmployeesIn, eraseIn, offTheDisk } from './eraseRows.ts';
import { keepList } from './erasureList.ts';
import {
  type Erasure,
  employeeKinds,
  endErasure,
  erasedCustomers,
  erasedEmployees,
  unfinished,
} from './erasureStore.ts';
import { hashOf, standInOf } from './idHash.ts';
import { erasedTables, hashSql, type IdKind, wordColumns, wordsOfFew } from './personalParts.ts';
import { casesOf, eraseQuotes, quotedSessions, renameIssue } from './quoteStore.ts';
import { saltOf } from './saltStore.ts';

interface ApplyDeps {
  readonly stores: Stores;
  readonly now: () => number;
  readonly log: Log;
}

/** Ids that are a customer's because of a row that names both. */
const belongs: readonly { readonly kind: IdKind; readonly column: string; readonly tables: readonly string[] }[] = [
  { kind: 'session', column: 'session_id', tables: ['sessions', 'messages', 'session_facts'] },
  { kind: 'ticket', column: 'ticket_id', tables: ['tickets', ticketLog] },
  { kind: 'order', column: 'order_id', tables: ['orders'] },
];

/**
 * Does what was written down and is not done: erases every customer, every employee and every text concerned, in the tables and in all
 * copies of them, and waits until it is off the disk. Repeating it changes nothing; after a crash the next start goes on. Waits for
 * imports that are running; nobody imports meanwhile. The list beside the data of this node is as new as that. Answers whom it could not
 * be done for, which the log says as well: of them it is tried again. Throws Unavailable `erasure.onDisk`.
 */
export async function applyErasures(deps: ApplyDeps): Promise<NotErased> {
  const { stores } = deps;
  const { postgres } = stores;
  await keepList(stores);
  const failed = await holding(postgres, 'erasure', 'wait', async () => {
    const due = await unfinished(postgres);
    if (due.length === 0) return new Map();
    const isPerson = due.some(({ kind }) => kind !== 'texts');
    const apply = () => applyDue(deps, due);
    return isPerson ? holdingAll(postgres, copying, apply) : apply();
  });
  await keepList(stores);
  return failed;
}

async function applyDue({ stores, now, log }: ApplyDeps, due: readonly Erasure[]): Promise<NotErased> {
  const { postgres, clickhouse } = stores;
  const counts: Record<string, number> = {};
  const isPerson = due.some(({ kind }) => kind !== 'texts');
  const rewrite = () => eraseDue({ stores, now }, due, counts);
  // Whoever hands in a form waits for these: while the disk is waited for nobody needs to.
  const failed = await (isPerson ? holdingAll(postgres, sending, rewrite) : rewrite());
  for (const place of await placesOf(clickhouse)) await Promise.all(place.shards.map(offTheDisk));
  // The others are done; of these it is tried again by night and at the next start.
  for (const { id, idHash } of due) {
    if (idHash === null || !failed.has(idHash)) await endErasure(postgres, id, { at: new Date(now()), counts });
    else log.error({ erasure: id, ...outline(failed.get(idHash)) }, 'an employee could not be erased');
  }
  return failed;
}

/** In the tables, in their copies and in PostgreSQL. */
async function eraseDue(
  { stores, now }: Omit<ApplyDeps, 'log'>,
  due: readonly Erasure[],
  counts: Record<string, number>,
): Promise<NotErased> {
  const { postgres } = stores;
  const who = {
    customers: due.some(({ kind }) => kind === 'customer'),
    employees: due.some(({ kind }) => employeeKinds.some((each) => each === kind)),
  };
  // Rows that were checked before and are not in yet would come after: those that wait since a failure are brought in first.
  return holding(postgres, 'importers', 'wait', async () => {
    await finishParts(stores);
    await whileOnlyWriter(stores, (writers) =>
      asSoleWriter(stores, 'derivers', async (derivers) => {
        for (const connection of writers.shards)
          for (const table of rowsGoFrom) await dropMasked({ connection, table });
        for (const shard of writers.shards) await emptyDesks(shard);
        if (who.customers || who.employees) await erasePeople(stores, { writers, derivers }, who, counts);
        await eraseTexts(stores, writers, due, counts);
      }),
    );
    if (!who.employees) return new Map();
    const records = await eraseEmployeeRecords(postgres, {
      salt: await saltOf(postgres),
      erased: await erasedEmployees(postgres),
      now: new Date(now()),
    });
    Object.assign(counts, records.counts);
    return records.failed;
  });
}

const textsIn = ['messages', 'uncut_messages'] as const;
/** Tables of whose rows older versions are replaced, and what was folded from fewer rows is taken out. */
const rowsGoFrom = [...textsIn, 'tickets', 'events', 'ratings'] as const;

/** A copy that is made meanwhile would keep what is erased. The backup comes first: it waits for the moves of cycles, never they for it. */
const copying = ['backup', 'cycles', 'copiesBarred'] as const;
/** What is about to be sent, or was just read to be kept, would name an employee by the number they had, and quote a customer. */
const sending = ['inspection', 'inspectionFacts', 'assessmentFacts', 'appealFacts', 'signals'] as const;

/** The tables, and every copy there is: of closed periods, of closings that failed, of a backup that was killed. */
async function placesOf({ copies, ...tables }: ClickHouse): Promise<ClickHouseTables[]> {
  return [tables, ...(await copies.names()).map((copy) => copies.open(copy))];
}

/** The tables for whoever holds the one lock and the other. */
type Held = Readonly<Record<'writers' | 'derivers', ClickHouse>>;

/** What came last over HTTP stays in the memory of the engine until more comes. */
async function emptyDesks(shard: ClickHouseConnection): Promise<void> {
  const desks = await shard.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'ingest_http_') AND engine = 'Memory'`,
  );
  for (const { name } of desks) await shard.command(`TRUNCATE TABLE ${name}`);
}

async function erasePeople(
  stores: Stores,
  held: Held,
  who: { readonly customers: boolean; readonly employees: boolean },
  counts: Record<string, number>,
): Promise<void> {
  const { clickhouse, postgres } = stores;
  // A closing that failed may have left a copy without all its tables.
  await clickhouse.copies.migrate();
  const salt = await saltOf(postgres);
  const employees = (await erasedEmployees(postgres)).filter(({ kind }) => kind === 'agent');
  const persons = [...(await erasedCustomers(postgres)), ...employees.map(({ hash }) => hash)];
  const known = await rememberIds(held.writers, salt, persons);
  const literal = `'${salt}'`;
  const erase = async (place: Held | ClickHouseTables, count: (table: string, rows: number) => void) => {
    for (const part of who.customers ? erasedTables(literal) : []) {
      const { shards } = 'writers' in place ? place[part.lock] : place;
      for (const [n, shard] of shards.entries()) count(part.table, await eraseIn(shard, part, idsOn(n), literal));
    }
    for (const part of who.employees ? employeeTables : []) {
      const { shards, cluster } = 'writers' in place ? place.writers : place;
      for (const [n, connection] of shards.entries()) {
        const at = { connection, whole: cluster?.all, ids: idsOn(n) };
        count(part.table, await eraseEmployeesIn(at, part, literal));
      }
    }
  };
  const idsOn = (n: number) => `${clickhouse.shards[n]?.database}.erased_ids`;
  await erase(held, (table, rows) => {
    counts[table] = (counts[table] ?? 0) + rows;
  });
  for (const copy of await clickhouse.copies.names()) await erase(clickhouse.copies.open(copy), () => undefined);
  if (who.customers) {
    const sessions = await quotedSessions(postgres);
    const own = sessions.filter((id) => known.has(hashOf(salt, 'session', id)));
    Object.assign(counts, await eraseQuotes(postgres, { sessions: own }));
    for (const { id, issue } of await casesOf(postgres, own))
      if (known.has(hashOf(salt, 'words', issue))) await renameIssue(postgres, id, standInOf(salt, 'words', issue));
    await postgres.query('VACUUM best_cases');
  }
  counts.rejects = await forgetRejects(stores, null);
  counts.uploads = await forgetAllUploads(stores);
}

/** Writes down the hashes of people, and of what is a customer's, on every server; answers all of them, in hexadecimal. */
async function rememberIds({ all, shards, everywhere }: ClickHouseTables, salt: string, people: readonly string[]) {
  const note = async (hashes: Iterable<string>): Promise<void> => {
    const rows = [...hashes].map((hash) => `${hash},${salt}\n`).join('');
    const sql = `INSERT INTO erased_ids SELECT unhex(hash) AS hash, salt FROM input('hash String, salt String') FORMAT CSV`;
    for (const server of everywhere) await server.insert(sql, rows);
    // Each replica changes its rows by itself, by the hashes it has.
    await onEveryReplica({ shards }, 'erased_ids');
  };
  // First, and then asked for there: however many there are, no question grows with them.
  await note(people);
  const found = new Set<string>();
  const isTheirs = `customer_id != '' AND ${hashSql(`'${salt}'`, 'customer', 'customer_id')} GLOBAL IN (SELECT hash FROM erased_ids)`;
  for (const { kind, column, tables } of belongs) {
    for (const table of tables) {
      const rows = await all.query<{ id: string }>(
        `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} != '' AND ${isTheirs}`,
      );
      for (const { id } of rows) found.add(hashOf(salt, kind, id));
    }
  }
  await note(found);
  // Before any row is changed: what is theirs alone can only be told while all of it is there.
  for (const { column, tables } of wordColumns) {
    const rows = await all.query<{ word: string }>(wordsOfFew(`'${salt}'`, column, tables));
    await note(rows.map(({ word }) => hashOf(salt, 'words', word)));
  }
  const [shard] = shards;
  const there = (await shard?.query<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM erased_ids')) ?? [];
  return new Set(there.map(({ hash }) => hash));
}

async function eraseTexts(
  stores: Stores,
  { shards }: ClickHouseTables,
  due: readonly Erasure[],
  counts: Record<string, number>,
): Promise<void> {
  const limits = due.flatMap(({ textsBefore }) => (textsBefore ? [textsBefore.getTime()] : []));
  if (limits.length === 0) return;
  const before = Math.max(...limits);
  for (const shard of shards) {
    for (const table of textsIn) {
      const rows = await changeRows({ connection: shard, table }, { text: "''" }, textsBefore(before));
      counts[table] = (counts[table] ?? 0) + rows;
    }
  }
  const quotes = await eraseQuotes(stores.postgres, { before: new Date(before) });
  Object.assign(counts, quotes, { rejects: await forgetRejects(stores, new Date(before)) });
}

const textsBefore = (ms: number): string => `text != '' AND at < fromUnixTimestamp64Milli(${ms}::Int64, 'UTC')`;

/** How many messages have a text from before an instant. */
export async function countTexts(all: ClickHouseConnection, beforeMs: number): Promise<number> {
  const counted = await Promise.all(
    textsIn.map((table) =>
      all.query<{ n: string }>(`SELECT count() AS n FROM ${table} WHERE ${textsBefore(beforeMs)}`),
    ),
  );
  return counted.reduce((sum, [row]) => sum + Number(row?.n), 0);
}
