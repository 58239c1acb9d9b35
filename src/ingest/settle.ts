import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { type Kind, storedName } from './kinds.ts';
import { movable, supersededRows } from './moved.ts';
import type { RawTable } from './rawTable.ts';

/** What of the staged rows is new. `added`: rows left in the stage, which are exactly those to be added. */
export interface Settled {
  readonly added: number;
  readonly duplicates: number;
  /** Added rows that replace or compete with another version and carry no updated_at to decide. */
  readonly orderDependent: number;
  /** Older versions of messages that the added rows replace; they are listed in `replacedTable`. */
  readonly replaced: number;
}

/** A stage table and the raw table it is for. */
export interface Settling {
  readonly clickhouse: ClickHouse;
  readonly kind: Pick<Kind, 'name' | 'columns' | 'keys' | 'updatedAt'>;
  readonly raw: RawTable;
  readonly rows: string;
}

export function firstShard(clickhouse: ClickHouse): ClickHouseConnection {
  const [first] = clickhouse.shards;
  if (!first) throw new Error('ClickHouse without a shard');
  return first;
}

export const replacedTable = (rows: string): string => `${rows}_replaced`;

/**
 * Leaves in the stage only what the raw table does not hold yet. The caller holds the writers' lock until the rows are
 * committed. Existing rows are read for the touched keys only.
 */
export async function settle(settling: Settling): Promise<Settled> {
  const { raw } = settling;
  return raw.types.has('key') ? settleMessages(settling) : settleRows(settling);
}

/** The columns by which a raw table spreads and is looked up: the first of its sorting key. */
export function touchColumns(raw: RawTable): string {
  if (raw.name === 'events') return 'subject_kind, subject_id';
  if (raw.name === 'ratings') return 'session_id, ticket_id';
  return `\`${raw.sortingKey.split(',')[0]?.trim().replaceAll('`', '')}\``;
}

async function one<Row>(connection: ClickHouseConnection, sql: string): Promise<Row> {
  const [row] = await connection.query<Row>(sql);
  if (!row) throw new Error('an aggregate without a row');
  return row;
}

const touched = ({ raw, rows }: Settling): string => {
  const columns = touchColumns(raw);
  return `(${columns}) GLOBAL IN (SELECT ${columns} FROM ${rows})`;
};

async function anyTouched(settling: Settling): Promise<boolean> {
  const { clickhouse, raw, rows } = settling;
  const removed = isMovable(raw)
    ? ` UNION ALL SELECT 1 FROM ${supersededRows} WHERE kind = '${raw.name}' AND content_hash GLOBAL IN (SELECT content_hash FROM ${rows}) LIMIT 1`
    : '';
  const found = await clickhouse.all.query(
    `SELECT 1 AS one FROM ${raw.name} WHERE ${touched(settling)} LIMIT 1${removed}`,
  );
  return found.length > 0;
}

async function settleRows(settling: Settling): Promise<Settled> {
  const { clickhouse, raw, rows, kind } = settling;
  const local = firstShard(clickhouse);
  const named = movable[kind.name]?.id;
  const counted = await one<{ n: string; distinct: string; named: string }>(
    local,
    `SELECT count() AS n, uniqExact(content_hash) AS distinct, ${named ? `countIf(${named} != '')` : '0'} AS named FROM ${rows}`,
  );
  const read = Number(counted.n);
  if (read === 0) return { added: 0, duplicates: 0, orderDependent: 0, replaced: 0 };
  const existing = await anyTouched(settling);
  if (existing || Number(counted.distinct) < read) {
    const known = knownRows(raw, touched(settling));
    await keepOnly(
      settling,
      `SELECT * FROM ${rows} WHERE content_hash GLOBAL NOT IN (${known}) LIMIT 1 BY content_hash`,
    );
  }
  const key = keySql(kind);
  const undecided = kind.updatedAt ? 'updated_at IS NULL' : '1';
  const id = Number(counted.named) > 0 ? movable[kind.name]?.id : undefined;
  const sameId = id ? `${id} GLOBAL IN (SELECT ${id} FROM ${rows} WHERE ${id} != '')` : '';
  const where = [...(existing ? [touched(settling)] : []), ...(id ? [sameId] : [])].join(' OR ');
  const others = where ? `OR row_key GLOBAL IN (SELECT ${key} FROM ${raw.name} WHERE ${where})` : '';
  const after = await one<{ n: string; depends: string }>(
    clickhouse.all,
    `SELECT count() AS n, countIf(${undecided} AND (same_key > 1 ${others})) AS depends
     FROM (SELECT *, ${key} AS row_key, count() OVER (PARTITION BY row_key) AS same_key FROM ${rows})`,
  );
  const added = Number(after.n);
  return { added, duplicates: read - added, orderDependent: Number(after.depends), replaced: 0 };
}

/** Hash of the columns that identify a row: of the first key whose leading column is filled. */
function keySql(kind: Settling['kind']): string {
  const stored = new Map(kind.columns.map((column) => [column.name, `\`${storedName(column)}\``]));
  const hash = (names: readonly string[]): string =>
    `cityHash64(${names.map((name) => `ifNull(toString(${stored.get(name)}), '')`).join(', ')})`;
  const [first, second] = kind.keys;
  if (!first) throw new Error(`${kind.name} has no key`);
  return second ? `if(${stored.get(first[0] as string)} != '', ${hash(first)}, ${hash(second)})` : hash(first);
}

async function settleMessages(settling: Settling): Promise<Settled> {
  const { clickhouse, raw, rows } = settling;
  const local = firstShard(clickhouse);
  const counted = await one<{ n: string; distinct: string }>(
    local,
    `SELECT count() AS n, uniqExact(key) AS distinct FROM ${rows}`,
  );
  const read = Number(counted.n);
  if (read === 0) return { added: 0, duplicates: 0, orderDependent: 0, replaced: 0 };
  const repeated = Number(counted.distinct) < read;
  if (repeated) await numberRepeats(settling);
  const existing = await anyTouched(settling);
  if (!existing && !repeated) return { added: read, duplicates: 0, orderDependent: 0, replaced: 0 };
  if (existing) {
    const known = knownRows(raw, touched(settling));
    await keepOnly(settling, `SELECT * FROM ${rows} WHERE (key, content_hash) GLOBAL NOT IN (${known})`);
  }
  const { n } = await one<{ n: string }>(local, `SELECT count() AS n FROM ${rows}`);
  const added = Number(n);
  const replaced = await replacedVersions(clickhouse, raw, rows);
  if (replaced === 0) return { added, duplicates: read - added, orderDependent: 0, replaced };
  const list = replacedTable(rows);
  await local.command(`DELETE FROM ${rows} WHERE (key, content_hash) IN (SELECT key, content_hash FROM ${list})`, {
    settings: { lightweight_deletes_sync: 2 },
  });
  const { keys } = await one<{ keys: string }>(local, `SELECT uniqExact(key) AS keys FROM ${list}`);
  return { added, duplicates: read - added, orderDependent: Number(keys), replaced };
}

const isMovable = ({ name }: RawTable): boolean => name in movable;

/** What is there and, of what can be replaced, what was: of messages (key, content_hash), of all else the hash. */
export function knownRows(raw: RawTable, where: string): string {
  if (!raw.types.has('key')) {
    const removed = isMovable(raw)
      ? ` UNION ALL SELECT content_hash FROM ${supersededRows} WHERE kind = '${raw.name}'`
      : '';
    return `SELECT content_hash FROM ${raw.name} WHERE ${where}${removed}`;
  }
  const past = raw.name === 'messages' ? where : "session_id = ''";
  return `SELECT key, content_hash FROM ${raw.name} WHERE ${where}
    UNION ALL SELECT key, content_hash FROM superseded_messages WHERE ${past}`;
}

/**
 * Lists in `replacedTable(rows)` the older versions that new rows replace: those in the raw table, and of several in
 * the rows themselves all but the one on the last line. Answers how many; without any the table is not made.
 */
export async function replacedVersions(clickhouse: ClickHouse, raw: RawTable, rows: string): Promise<number> {
  const columns = touchColumns(raw);
  const older = `FROM ${raw.name} WHERE (${columns}) GLOBAL IN (SELECT ${columns} FROM ${rows}) AND key GLOBAL IN (SELECT key FROM ${rows})`;
  const found = await one<{ older: string; losers: string }>(
    clickhouse.all,
    `SELECT (SELECT count() ${older}) AS older, (SELECT count() - uniqExact(key) FROM ${rows}) AS losers`,
  );
  const replaced = Number(found.older) + Number(found.losers);
  if (replaced === 0) return 0;
  const list = replacedTable(rows);
  await firstShard(clickhouse).command(
    `CREATE OR REPLACE TABLE ${list} (session_id String, key UInt64, content_hash UInt64) ENGINE = MergeTree ORDER BY key`,
  );
  await clickhouse.all.command(
    `INSERT INTO ${list} SELECT session_id, key, content_hash ${older}
     UNION ALL SELECT session_id, key, content_hash FROM (
       SELECT session_id, key, content_hash, row_number() OVER (PARTITION BY key ORDER BY line DESC) AS nth
       FROM ${rows} WHERE key IN (SELECT key FROM ${rows} GROUP BY key HAVING count() > 1)
     ) WHERE nth > 1`,
  );
  return replaced;
}

/** The key of a message without an id, given its number among equal ones of its file. */
export function numberedKey(nth: string): string {
  const place = "if(session_id != '', session_id, concat('\\t', customer_id))";
  return `if(message_id = '' AND ${nth} > 1, cityHash64(${place}, at, sender, sender_id, text, toUInt32(${nth})), key)`;
}

/** Equal messages without an id are told apart by their number in the file; a repeated id with equal content is dropped. */
async function numberRepeats({ clickhouse, rows, raw }: Settling): Promise<void> {
  const local = firstShard(clickhouse);
  const repeats = `${rows}_repeats`;
  const columns = raw.columns.map((name) => `\`${name}\``);
  const twice = `key IN (SELECT key FROM ${rows} GROUP BY key HAVING count() > 1)`;
  await local.command(`CREATE OR REPLACE TABLE ${repeats} AS ${rows}`);
  await local.command(
    `INSERT INTO ${repeats} SELECT ${columns.join(', ')} FROM (
       SELECT * EXCEPT key, ${numberedKey('nth')} AS key
       FROM (
         SELECT *, row_number() OVER (PARTITION BY key ORDER BY seq, content_hash, line) AS nth,
           row_number() OVER (PARTITION BY key, content_hash ORDER BY line) AS copy
         FROM ${rows} WHERE ${twice}
       ) WHERE message_id = '' OR copy = 1
     )`,
  );
  await local.command(`DELETE FROM ${rows} WHERE ${twice}`, { settings: { lightweight_deletes_sync: 2 } });
  await local.command(`INSERT INTO ${rows} SELECT * FROM ${repeats}`);
  await local.command(`DROP TABLE ${repeats} SYNC`);
}

/** Puts what the query selects in place of the stage's rows. */
async function keepOnly({ clickhouse, rows, raw }: Settling, select: string): Promise<void> {
  const local = firstShard(clickhouse);
  const next = `${rows}_next`;
  await local.command(`CREATE OR REPLACE TABLE ${next} AS ${rows} ENGINE = MergeTree ORDER BY (${raw.sortingKey})`);
  await clickhouse.all.command(`INSERT INTO ${next} ${select}`);
  await local.command(`EXCHANGE TABLES ${next} AND ${rows}`);
  await local.command(`DROP TABLE ${next} SYNC`);
}
