import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finishParts } from '../ingest/recover.ts';
import { forgetAllUploads } from '../ingest/uploads.ts';
import { whileOnlyWriter } from '../ingest/writerLock.ts';
import { holding } from '../platform/advisoryLock.ts';
import type { ClickHouse, ClickHouseConnection, ClickHouseTables } from '../platform/clickhouse.ts';
import { asSoleWriter } from '../platform/soleWriter.ts';
import type { Stores } from '../platform/stores.ts';
import { changeRows, dropMasked, eraseIn, offTheDisk } from './eraseRows.ts';
import {
  deleteSuggestions,
  type Erasure,
  endErasure,
  erasedCustomers,
  inspectedSessions,
  unfinished,
} from './erasureStore.ts';
import { hashOf } from './idHash.ts';
import { erasedTables, hashSql, type IdKind } from './personalParts.ts';
import { saltOf } from './saltStore.ts';

interface ApplyDeps {
  readonly stores: Stores;
  readonly now: () => number;
}

/** Ids that are a customer's because of a row that names both. */
const belongs: readonly { readonly kind: IdKind; readonly column: string; readonly tables: readonly string[] }[] = [
  { kind: 'session', column: 'session_id', tables: ['sessions', 'messages', 'session_facts'] },
  { kind: 'ticket', column: 'ticket_id', tables: ['tickets'] },
  { kind: 'order', column: 'order_id', tables: ['orders'] },
];

/**
 * Does what was written down and is not done: erases every customer and every text concerned, in the tables and in all copies of them,
 * and waits until it is off the disk. Repeating it changes nothing; after a crash the next start goes on. Waits for imports that are
 * running; nobody imports meanwhile. Throws Unavailable `erasure.onDisk`.
 */
export async function applyErasures(deps: ApplyDeps): Promise<void> {
  const { stores, now } = deps;
  const { postgres } = stores;
  await holding(postgres, 'erasure', 'wait', async () => {
    const due = await unfinished(postgres);
    if (due.length === 0) return;
    const customers = due.some(({ kind }) => kind === 'customer');
    const apply = async () => {
      const counts: Record<string, number> = {};
      // Rows that were checked before and are not in yet would come after: those that wait since a failure are brought in first.
      await holding(postgres, 'importers', 'wait', async () => {
        await finishParts(stores);
        await whileOnlyWriter(stores, (writers) =>
          asSoleWriter(stores, 'derivers', async (derivers) => {
            for (const connection of writers.shards)
              for (const table of replacedIn) await dropMasked({ connection, table });
            if (customers) await eraseCustomers(stores, { writers, derivers }, counts);
            await eraseTexts(writers, due, counts);
          }),
        );
      });
      for (const place of await placesOf(stores.clickhouse)) for (const shard of place.shards) await offTheDisk(shard);
      for (const { id } of due) await endErasure(postgres, id, { at: new Date(now()), counts });
    };
    await (customers ? whileNobodyCopies(postgres, apply) : apply());
  });
}

/** Tables of whose rows older versions are replaced. */
const replacedIn = ['messages', 'uncut_messages'] as const;

/** A copy that is made meanwhile would keep what is erased. The backup comes first: it waits for the moves of cycles, never they for it. */
const whileNobodyCopies = (postgres: Stores['postgres'], work: () => Promise<void>): Promise<void> =>
  holding(postgres, 'backup', 'wait', () => holding(postgres, 'cycles', 'wait', work));

/** The tables, and every copy there is: of closed periods, of closings that failed, of a backup that was killed. */
async function placesOf({ copies, ...tables }: ClickHouse): Promise<ClickHouseTables[]> {
  return [tables, ...(await copies.names()).map((copy) => copies.open(copy))];
}

/** The tables for whoever holds the one lock and the other. */
type Held = Readonly<Record<'writers' | 'derivers', ClickHouse>>;

async function eraseCustomers(stores: Stores, held: Held, counts: Record<string, number>): Promise<void> {
  const { clickhouse, postgres } = stores;
  // A closing that failed may have left a copy without all its tables.
  await clickhouse.copies.migrate();
  const salt = await saltOf(postgres);
  const known = await rememberIds(held.writers, salt, await erasedCustomers(postgres));
  const literal = `'${salt}'`;
  const erase = async (place: Held | ClickHouseTables, count: (table: string, rows: number) => void) => {
    for (const part of erasedTables(literal)) {
      const { shards } = 'writers' in place ? place[part.lock] : place;
      for (const [n, shard] of shards.entries())
        count(part.table, await eraseIn(shard, part, `${clickhouse.shards[n]?.database}.erased_ids`, literal));
    }
  };
  await erase(held, (table, rows) => {
    counts[table] = (counts[table] ?? 0) + rows;
  });
  for (const copy of await clickhouse.copies.names()) await erase(clickhouse.copies.open(copy), () => undefined);
  const sessions = await inspectedSessions(postgres);
  const own = sessions.filter((id) => known.has(hashOf(salt, 'session', id)));
  counts.assistant_suggestions = await deleteSuggestions(postgres, own);
  await postgres.query('VACUUM assistant_suggestions');
  counts.rejects = await forgetRejects(stores);
  counts.uploads = await forgetAllUploads(stores);
}

/** Writes down the hashes of the customers and of what is theirs on every server; answers all of them, in hexadecimal. */
async function rememberIds({ all, shards }: ClickHouseTables, salt: string, customers: readonly string[]) {
  const note = async (hashes: Iterable<string>): Promise<void> => {
    const rows = [...hashes].map((hash) => `${hash},${salt}\n`).join('');
    const sql = `INSERT INTO erased_ids SELECT unhex(hash) AS hash, salt FROM input('hash String, salt String') FORMAT CSV`;
    for (const shard of shards) await shard.insert(sql, rows);
  };
  // First, and then asked for there: however many there are, no question grows with them.
  await note(customers);
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
  const [shard] = shards;
  const there = (await shard?.query<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM erased_ids')) ?? [];
  return new Set(there.map(({ hash }) => hash));
}

async function eraseTexts(
  { shards }: ClickHouseTables,
  due: readonly Erasure[],
  counts: Record<string, number>,
): Promise<void> {
  const limits = due.flatMap(({ textsBefore }) => (textsBefore ? [textsBefore.getTime()] : []));
  if (limits.length === 0) return;
  const before = Math.max(...limits);
  for (const shard of shards) {
    for (const table of replacedIn) {
      const rows = await changeRows({ connection: shard, table }, { text: "''" }, textsBefore(before));
      counts[table] = (counts[table] ?? 0) + rows;
    }
  }
}

const textsBefore = (ms: number): string => `text != '' AND at < fromUnixTimestamp64Milli(${ms}::Int64, 'UTC')`;

/** How many messages have a text from before an instant. */
export async function countTexts(all: ClickHouseConnection, beforeMs: number): Promise<number> {
  const counted = await Promise.all(
    ['messages', 'uncut_messages'].map((table) =>
      all.query<{ n: string }>(`SELECT count() AS n FROM ${table} WHERE ${textsBefore(beforeMs)}`),
    ),
  );
  return counted.reduce((sum, [row]) => sum + Number(row?.n), 0);
}

/** Files of rejected rows hold them as they came, whoever's they are: all of them go, as they do once they are corrected. */
async function forgetRejects({ postgres, dataDir }: Stores): Promise<number> {
  const { rowCount } = await postgres.query('UPDATE imports SET rejects_file = NULL WHERE rejects_file IS NOT NULL');
  // Unlike DELETE it leaves nothing in the files of the table.
  await postgres.query('TRUNCATE reject_pieces');
  const folder = join(dataDir, 'rejects');
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  for (const entry of entries) if (entry.isFile()) rmSync(join(folder, entry.name));
  return rowCount ?? 0;
}
