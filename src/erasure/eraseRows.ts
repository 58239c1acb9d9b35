import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { Unavailable } from '../platform/errors.ts';
import type { EmployeeTable } from './employeeTables.ts';
import { type ErasedTable, hashSql, withoutWords } from './personalParts.ts';

/** A table on one server. */
export interface Place {
  readonly connection: ClickHouseConnection;
  readonly table: string;
}

/** Old parts go as soon as nobody reads them, instead of after minutes; what takes their place is written through before. */
const hurried = 'old_parts_lifetime = 1, min_rows_to_fsync_after_merge = 1';
const unhurried = 'old_parts_lifetime, min_rows_to_fsync_after_merge';

/** Every server that has this shard's rows: settings are of each by itself, and so is its disk. */
const serversOf = (connection: ClickHouseConnection): readonly ClickHouseConnection[] =>
  connection.replicas.length > 0 ? connection.replicas : [connection];

async function hurry({ connection, table }: Place): Promise<void> {
  for (const server of serversOf(connection)) await server.command(`ALTER TABLE ${table} MODIFY SETTING ${hurried}`);
}

/** Changes rows of a table in place: what matched is rewritten, and `offTheDisk` waits until what was before is gone. */
export async function changeRows(
  { connection, table }: Place,
  become: Readonly<Record<string, string>>,
  where: string,
): Promise<number> {
  const [matched] = await connection.query<{ n: string }>(`SELECT count() AS n FROM ${table} WHERE ${where}`);
  const rows = Number(matched?.n);
  if (rows === 0) return 0;
  await hurry({ connection, table });
  const set = Object.entries(become).map(([column, sql]) => `${column} = ${sql}`);
  await connection.command(
    set.length > 0
      ? `ALTER TABLE ${table} UPDATE ${set.join(', ')} WHERE ${where}`
      : `ALTER TABLE ${table} DELETE WHERE ${where}`,
    // Replicas refuse a condition that asks another table, for it could answer otherwise on each; nobody adds hashes meanwhile.
    { settings: { mutations_sync: 2, allow_nondeterministic_mutations: 1 } },
  );
  return rows;
}

/** Takes versions that were replaced, and are only masked so far, out of the parts: an update would carry them along. */
export async function dropMasked({ connection, table }: Place): Promise<void> {
  const masked = await connection.query(
    `SELECT name FROM system.parts
     WHERE active AND has_lightweight_delete AND database = currentDatabase() AND table = {table:String} LIMIT 1`,
    { params: { table } },
  );
  if (masked.length === 0) return;
  await hurry({ connection, table });
  await connection.command(`ALTER TABLE ${table} APPLY DELETED MASK`, { settings: { mutations_sync: 2 } });
}

interface Rewriting {
  readonly become: Readonly<Record<string, string>>;
  readonly where: string;
  /** Those of the rows that are not there yet under the new key; without it a repetition is merged away. */
  readonly missing?: string;
  /** Another table than this one, through which a row comes to the shard of its new key. */
  readonly into?: string;
}

/** Writes rows anew under another key, and takes the old ones out. Repeating it after a crash ends in the same rows. */
async function rewriteRows(at: Place, { become, where, missing, into }: Rewriting): Promise<number> {
  const { connection, table } = at;
  // Each column by itself, so that the next is still told from what was.
  const anew = Object.entries(become).reduce(
    (from, [column, sql]) => `(SELECT * REPLACE (${sql} AS ${column}) FROM ${from})`,
    `(SELECT * FROM ${table} WHERE (${where})${missing ? ` AND ${missing}` : ''})`,
  );
  await connection.command(`INSERT INTO ${into ?? table} SELECT * FROM ${anew}`);
  return changeRows(at, {}, where);
}

/** Erases the personal data of all customers whose hash is known, in one table of one server. `ids`: the table of the hashes. */
export async function eraseIn(
  connection: ClickHouseConnection,
  part: ErasedTable,
  ids: string,
  salt: string,
): Promise<number> {
  const at: Place = { connection, table: part.table };
  const matches = part.by.map(
    ({ column, kind }) => `(${column} != '' AND ${hashSql(salt, kind, column)} IN (SELECT hash FROM ${ids}))`,
  );
  const isKnown = `(${matches.join(' OR ')})`;
  // A row can be known by its session or ticket alone: what was given to somebody else since is theirs, who is not erased.
  const own = part.become.customer_id;
  const become = {
    ...part.become,
    ...(own === undefined || part.by.length === 1
      ? {}
      : {
          customer_id: `if(${hashSql(salt, 'customer', 'customer_id')} IN (SELECT hash FROM ${ids}), ${own}, customer_id)`,
        }),
    ...Object.fromEntries((part.words ?? []).map((column) => [column, withoutWords(salt, column, ids)])),
  };
  if (part.rows === 'removed') return changeRows(at, {}, isKnown);
  if (part.rows === 'rewritten') return rewriteRows(at, { become, where: isKnown });
  // What is as it must be already is not written again.
  const differs = Object.entries(become).map(([column, sql]) => `${column} != ${sql}`);
  return changeRows(at, become, `${isKnown} AND (${differs.join(' OR ')})`);
}

/** One server's part of a place: `whole` is the database through which rows come to other shards, where there are several. */
export interface EmployeePlace {
  readonly connection: ClickHouseConnection;
  readonly whole: string | undefined;
  /** The table of the hashes. */
  readonly ids: string;
}

/** Gives the numbers of all erased employees their stand-ins, in one table of one server. Answers how many rows that were. */
export async function eraseEmployeesIn(
  { connection, whole, ids }: EmployeePlace,
  { table, numbers, change }: EmployeeTable,
  salt: string,
): Promise<number> {
  const present = await connection.query<{ hash: string }>(
    `SELECT lower(hex(hashed)) AS hash FROM (
       SELECT ${hashSql(salt, 'agent', 'number')} AS hashed FROM (SELECT DISTINCT arrayJoin(${numbers}) AS number FROM ${table}) WHERE number != ''
     ) WHERE hashed IN (SELECT hash FROM ${ids})`,
  );
  if (present.length === 0) return 0;
  // Hashes, not numbers: what a mutation says stays on the disk for a while.
  const { where, become, anew } = change({ salt, hashes: present.map(({ hash }) => hash) });
  const at: Place = { connection, table };
  if (!anew) return changeRows(at, become, where);
  const into = anew.moves && whole ? `${whole}.${table}` : table;
  const known = anew.same.map((column) => become[column] ?? column).join(', ');
  const missing = `(${known}) NOT IN (SELECT ${anew.same.join(', ')} FROM ${into} WHERE ${anew.where})`;
  return rewriteRows(at, { become, where, missing, into });
}

const patienceMs = 15 * 60_000;

/**
 * Waits until of the tables that were changed, also before a crash, no part from before is on the disk any more: only then is erased what
 * was in it. Throws Unavailable `erasure.onDisk` where a part stays, such as under a query that does not end; doing it again goes on waiting.
 */
export async function offTheDisk(shard: ClickHouseConnection): Promise<void> {
  await Promise.all(serversOf(shard).map(offTheDiskOf));
}

async function offTheDiskOf(connection: ClickHouseConnection): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const changed = await connection.query<{ table: string }>(
    `SELECT name AS table FROM system.tables WHERE database = currentDatabase() AND engine_full LIKE '%old_parts_lifetime = 1,%'`,
  );
  const gone = async ({ table }: { readonly table: string }): Promise<void> => {
    // Where work goes on there are old parts at every moment, each time others: only those count that are there now.
    const before = await oldParts(connection, table);
    while ((await oldParts(connection, table)).some((part) => before.includes(part))) {
      if (Date.now() > deadline) throw new Unavailable('erasure.onDisk', 60);
      await sleep(500);
    }
    await connection.command(`ALTER TABLE ${table} RESET SETTING ${unhurried}`);
  };
  // Each table is cleared by itself: waiting for one after the other would take as long as all of them together.
  await Promise.all(changed.map(gone));
}

/** Names of the parts of a table that were replaced and are still on the disk. */
async function oldParts(connection: ClickHouseConnection, table: string): Promise<string[]> {
  const parts = await connection.query<{ name: string }>(
    'SELECT name FROM system.parts WHERE NOT active AND database = currentDatabase() AND table = {table:String}',
    { params: { table } },
  );
  return parts.map(({ name }) => name);
}
