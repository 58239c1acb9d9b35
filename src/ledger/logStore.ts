import type pg from 'pg';
import type { Queryable } from '../platform/transaction.ts';
import type { Tile, TileBytes, TileReader } from './tiles.ts';

/** The log's identity and how many leaves its tree has. */
export interface StoredLog {
  readonly origin: string;
  readonly size: number;
}

/** null before the first start. */
export async function readLog(postgres: Queryable): Promise<StoredLog | null> {
  const { rows } = await postgres.query<{ origin: string; size: string }>('SELECT origin, size FROM ledger_log');
  const [row] = rows;
  return row ? { origin: row.origin, size: Number(row.size) } : null;
}

/** Gives the log its name, once and for ever. */
export async function nameLog(postgres: Queryable, origin: string, at: Date): Promise<void> {
  await postgres.query('INSERT INTO ledger_log (origin, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    origin,
    at,
  ]);
}

/** Whether entries wait for a place, or leaves for a signature. */
export async function isBehind(postgres: Queryable): Promise<boolean> {
  const { rows } = await postgres.query<{ behind: boolean }>(
    `SELECT EXISTS (SELECT FROM ledger_pending)
       OR coalesce((SELECT size FROM ledger_log), 0) > coalesce((SELECT max(size) FROM ledger_checkpoints), 0) AS behind`,
  );
  return rows[0]?.behind === true;
}

/** How many leaves there are; until the transaction ends nobody else adds any. */
export async function lockSize(connection: pg.PoolClient): Promise<number> {
  const { rows } = await connection.query<{ size: string }>('SELECT size FROM ledger_log FOR UPDATE');
  const size = rows[0]?.size;
  if (size === undefined) throw new Error('the log has no name yet');
  return Number(size);
}

export interface Waiting {
  readonly entryId: string;
  readonly commitment: Buffer;
}

/**
 * The next entries without a place, which they are taken to get now, in the order in which they were appended. Call it in the transaction
 * of `lockSize`. Ids go there and back, as the engine knows nothing yet of how many rows wait and would choose a slow way by itself.
 */
export async function takePending(connection: pg.PoolClient, limit: number): Promise<Waiting[]> {
  const waiting = await connection.query<{ entry_id: string }>(
    'SELECT entry_id FROM ledger_pending ORDER BY entry_id LIMIT $1',
    [limit],
  );
  const ids = waiting.rows.map(({ entry_id }) => entry_id);
  if (ids.length === 0) return [];
  await connection.query('DELETE FROM ledger_pending WHERE entry_id = ANY ($1::bigint[])', [ids]);
  const { rows } = await connection.query<{ entry_id: string; commitment: Buffer }>(
    'SELECT entry_id, commitment FROM ledger_entries WHERE entry_id = ANY ($1::bigint[]) ORDER BY entry_id',
    [ids],
  );
  return rows.map(({ entry_id, commitment }) => ({ entryId: entry_id, commitment }));
}

/** Leaves, the tiles that changed with them, and the size that follows. Call it in the transaction of `lockSize`. */
export async function addLeaves(
  connection: pg.PoolClient,
  size: number,
  entries: readonly Waiting[],
  tiles: readonly TileBytes[],
): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_leaves (leaf, entry_id)
     SELECT $1::bigint + ordinality - 1, entry_id FROM unnest($2::bigint[]) WITH ORDINALITY AS given (entry_id, ordinality)`,
    [size, entries.map(({ entryId }) => entryId)],
  );
  await writeTiles(connection, tiles);
  await connection.query('UPDATE ledger_log SET size = $1', [size + entries.length]);
}

export async function writeTiles(connection: Queryable, tiles: readonly TileBytes[]): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_tiles (level, tile, hashes) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (level, tile) DO UPDATE SET hashes = EXCLUDED.hashes`,
    [tiles.map(({ level }) => level), tiles.map(({ tile }) => tile), tiles.map(({ hashes }) => Buffer.from(hashes))],
  );
}

/** The tree's tiles in the database; a tile that is not there reads as empty. */
export function tilesIn(postgres: Queryable): TileReader {
  return {
    async readTiles(tiles) {
      const { rows } = await postgres.query<{ level: number; tile: string; hashes: Buffer }>(
        `SELECT level, tile, hashes FROM ledger_tiles
         JOIN unnest($1::smallint[], $2::bigint[]) AS asked (level, tile) USING (level, tile)`,
        [tiles.map(({ level }) => level), tiles.map(({ tile }) => tile)],
      );
      const found = new Map(rows.map(({ level, tile, hashes }) => [`${level}/${tile}`, hashes]));
      return tiles.map(({ level, tile, width }: Tile) =>
        (found.get(`${level}/${tile}`) ?? Buffer.alloc(0)).subarray(0, width * 32),
      );
    },
  };
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  /** Signed by the log alone; cosignatures are kept beside it. */
  readonly note: string;
  readonly signedAt: Date;
}

interface CheckpointRow {
  size: string;
  root: Buffer;
  note: string;
  signed_at: Date;
}
const checkpointOf = ({ size, root, note, signed_at }: CheckpointRow): StoredCheckpoint => ({
  ...{ size: Number(size), root, note, signedAt: signed_at },
});

/** Newest first. */
export async function newestCheckpoints(postgres: Queryable, limit: number): Promise<StoredCheckpoint[]> {
  const { rows } = await postgres.query<CheckpointRow>(
    'SELECT size, root, note, signed_at FROM ledger_checkpoints ORDER BY size DESC LIMIT $1',
    [limit],
  );
  return rows.map(checkpointOf);
}

/** The newest one; null while nothing was signed. */
export const lastCheckpoint = async (postgres: Queryable): Promise<StoredCheckpoint | null> =>
  (await newestCheckpoints(postgres, 1))[0] ?? null;

/** Checkpoints of at least so many leaves, the smallest first. */
export async function checkpointsFrom(postgres: Queryable, size: number, limit: number): Promise<StoredCheckpoint[]> {
  const { rows } = await postgres.query<CheckpointRow>(
    'SELECT size, root, note, signed_at FROM ledger_checkpoints WHERE size >= $1 ORDER BY size LIMIT $2',
    [size, limit],
  );
  return rows.map(checkpointOf);
}

/** The first one of these; null while there is none. */
export const firstCheckpointFrom = async (postgres: Queryable, size: number): Promise<StoredCheckpoint | null> =>
  (await checkpointsFrom(postgres, size, 1))[0] ?? null;

/** Keeps a checkpoint; of the same size there is one for ever. */
export async function insertCheckpoint(postgres: Queryable, checkpoint: StoredCheckpoint): Promise<void> {
  const { size, root, note, signedAt } = checkpoint;
  await postgres.query(
    'INSERT INTO ledger_checkpoints (size, root, note, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [size, root, note, signedAt],
  );
}

/** The keys of the log, oldest first, as they are handed on, and how many leaves there were before the first one under each. */
export interface StoredKey {
  readonly key: string;
  readonly sinceSize: number;
}

export async function readKeys(postgres: Queryable): Promise<StoredKey[]> {
  const { rows } = await postgres.query<{ verifier_key: string; since_size: string }>(
    'SELECT verifier_key, since_size FROM ledger_keys ORDER BY number',
  );
  return rows.map(({ verifier_key, since_size }) => ({ key: verifier_key, sinceSize: Number(since_size) }));
}

/** The next key; of two who add one at the same moment one alone gets through. */
export async function insertKey(postgres: Queryable, { key, sinceSize }: StoredKey, at: Date): Promise<void> {
  await postgres.query(
    `INSERT INTO ledger_keys (number, verifier_key, since_size, created_at)
     SELECT coalesce(max(number), 0) + 1, $1, $2, $3 FROM ledger_keys`,
    [key, sinceSize, at],
  );
}
