import type pg from 'pg';
import { transaction } from '../platform/transaction.ts';
import { addLeaves, lockSize, takePending, tilesIn } from './logStore.ts';
import { nativeSha256 } from './nativeSha256.ts';
import { grow, openTiles, type TileBytes } from './tiles.ts';
import { leafHash } from './tree.ts';

const batchLeaves = 8192;

/** Gives every entry that waits its place in the tree, a batch a transaction. Answers how many got one. */
export async function placeEntries(postgres: pg.Pool): Promise<number> {
  let placed = 0;
  for (;;) {
    const count = await transaction(postgres, placeBatch);
    placed += count;
    if (count < batchLeaves) return placed;
  }
}

async function placeBatch(connection: pg.PoolClient): Promise<number> {
  const size = await lockSize(connection);
  const entries = await takePending(connection, batchLeaves);
  if (entries.length === 0) return 0;
  const leaves = entries.map(({ commitment }) => leafHash(nativeSha256, commitment));
  const open = openTiles(size);
  const hashes = await tilesIn(connection).readTiles(open);
  const before = open.map(({ level, tile }, i): TileBytes => ({ level, tile, hashes: hashes[i] ?? new Uint8Array() }));
  await addLeaves(connection, size, entries, grow(nativeSha256, size, before, leaves));
  return entries.length;
}
