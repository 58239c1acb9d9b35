import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whileOnlyWriter } from '../ingest/writerLock.ts';
import { holding } from '../platform/advisoryLock.ts';
import type { ClickHouseConnection, ClickHouseTables } from '../platform/clickhouse.ts';
import { asSoleWriter } from '../platform/soleWriter.ts';
import type { Stores } from '../platform/stores.ts';
import { changeRows, eraseIn, offTheDisk } from './eraseRows.ts';
import {
  closedCopies,
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
 * Does what was written down and is not done: erases every customer and every text concerned, in the tables and in the copies of closed
 * periods, and waits until it is off the disk. Repeating it changes nothing; after a crash the next start goes on. Waits for imports
 * that are running; nobody imports meanwhile. Throws Unavailable `erasure.onDisk`.
 */
export async function applyErasures(deps: ApplyDeps): Promise<void> {
  const { stores, now } = deps;
  const { postgres } = stores;
  await holding(postgres, 'erasure', 'wait', async () => {
    const due = await unfinished(postgres);
    if (due.length === 0) return;
    const counts: Record<string, number> = {};
    // Rows that were checked before and are not in yet would come after.
    await holding(postgres, 'importers', 'wait', async () => {
      await whileOnlyWriter(stores, () =>
        asSoleWriter(stores, 'derivers', async () => {
          if (due.some(({ kind }) => kind === 'customer')) await eraseCustomers(stores, counts);
          await eraseTexts(stores, due, counts);
        }),
      );
    });
    for (const place of await placesOf(stores)) for (const shard of place.shards) await offTheDisk(shard);
    for (const { id } of due) await endErasure(postgres, id, { at: new Date(now()), counts });
  });
}

/** The tables, and the copies that closed periods are counted from. */
async function placesOf({ clickhouse, postgres }: Stores): Promise<ClickHouseTables[]> {
  return [clickhouse, ...(await closedCopies(postgres)).map((copy) => clickhouse.copies.open(copy))];
}

async function eraseCustomers(stores: Stores, counts: Record<string, number>): Promise<void> {
  const { clickhouse, postgres } = stores;
  const salt = await saltOf(postgres);
  const known = await rememberIds(clickhouse, salt, await erasedCustomers(postgres));
  const literal = `'${salt}'`;
  for (const [n, place] of (await placesOf(stores)).entries()) {
    for (const [s, shard] of place.shards.entries()) {
      const ids = `${clickhouse.shards[s]?.database}.erased_ids`;
      for (const part of erasedTables(literal)) {
        const rows = await eraseIn(shard, part, ids, literal);
        if (n === 0) counts[part.table] = (counts[part.table] ?? 0) + rows;
      }
    }
  }
  const sessions = await inspectedSessions(postgres);
  const own = sessions.filter((id) => known.has(hashOf(salt, 'session', id)));
  counts.assistant_suggestions = await deleteSuggestions(postgres, own);
  await postgres.query('VACUUM assistant_suggestions');
  counts.rejects = await forgetRejects(stores);
}

/** Writes down the hashes of the customers and of what is theirs on every server; answers all of them, in hexadecimal. */
async function rememberIds({ all, shards }: ClickHouseTables, salt: string, customers: readonly string[]) {
  const known = new Set(customers);
  const isTheirs = `customer_id != '' AND lower(hex(${hashSql(`'${salt}'`, 'customer', 'customer_id')})) IN {customers:Array(String)}`;
  for (const { kind, column, tables } of belongs) {
    for (const table of tables) {
      const rows = await all.query<{ id: string }>(
        `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} != '' AND ${isTheirs}`,
        { params: { customers } },
      );
      for (const { id } of rows) known.add(hashOf(salt, kind, id));
    }
  }
  for (const shard of shards) {
    const rows = [...known].map((hash) => `${hash},${salt}\n`).join('');
    await shard.insert(
      `INSERT INTO erased_ids SELECT unhex(hash) AS hash, salt FROM input('hash String, salt String') FORMAT CSV`,
      rows,
    );
  }
  const [shard] = shards;
  const there = (await shard?.query<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM erased_ids')) ?? [];
  return new Set(there.map(({ hash }) => hash));
}

async function eraseTexts(
  { clickhouse }: Stores,
  due: readonly Erasure[],
  counts: Record<string, number>,
): Promise<void> {
  const before = Math.max(...due.map(({ textsBefore }) => textsBefore?.getTime() ?? 0));
  if (before === 0) return;
  for (const shard of clickhouse.shards) {
    for (const table of ['messages', 'uncut_messages']) {
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
