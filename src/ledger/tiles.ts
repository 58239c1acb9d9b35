import { type Hash, type HashReader, nodeHash, type Sha256, type Subtree } from './tree.ts';

/** Hashes in a full tile, C2SP tlog-tiles. */
export const tileWidth = 256;
const tileHeight = 8;
const hashBytes = 32;

/** Level 0 holds leaf hashes, each level above one hash for every full tile below. */
export interface Tile {
  readonly level: number;
  readonly tile: number;
  /** How many hashes, 1 to 256. */
  readonly width: number;
}

/** A tile's hashes, one after the other. */
export interface TileBytes {
  readonly level: number;
  readonly tile: number;
  readonly hashes: Uint8Array;
}

export interface TileReader {
  /** At least the first `width` hashes of each tile, in the order asked for. */
  readTiles(tiles: readonly Tile[]): Promise<readonly Uint8Array[]>;
}

/** How wide a tile is in a tree of so many leaves; 0 where the tree does not reach it. */
export function widthAt(size: number, level: number, tile: number): number {
  return Math.max(0, Math.min(tileWidth, Math.floor(size / tileWidth ** level) - tile * tileWidth));
}

/** The hashes of a tree of so many leaves out of its tiles: each tile is read once per question, and hashed as far as is needed. */
export function hashesFromTiles(sha256: Sha256, reader: TileReader, size: number): HashReader {
  return {
    async readHashes(subtrees) {
      const wanted = subtrees.map(placeOf);
      const tiles = new Map(wanted.map(({ level, tile }) => [`${level}/${tile}`, { level, tile }]));
      const asked = [...tiles.values()].map((each) => ({ ...each, width: widthAt(size, each.level, each.tile) }));
      const read = await reader.readTiles(asked);
      const bytes = new Map(asked.map(({ level, tile }, i) => [`${level}/${tile}`, read[i]]));
      return wanted.map(({ level, tile, from, count }) => {
        const hashes = bytes.get(`${level}/${tile}`)?.subarray(from * hashBytes, (from + count) * hashBytes);
        if (hashes?.length !== count * hashBytes) throw new RangeError(`tile ${level}/${tile} is cut off`);
        return perfectHash(sha256, hashes);
      });
    },
  };
}

/** Which hashes of which tile a perfect subtree is made of. */
function placeOf({ level, index }: Subtree) {
  const count = 2 ** (level % tileHeight);
  const first = index * count;
  return {
    level: Math.floor(level / tileHeight),
    tile: Math.floor(first / tileWidth),
    from: first % tileWidth,
    count,
  };
}

/** The root over a power of two of hashes. */
function perfectHash(sha256: Sha256, hashes: Uint8Array): Hash {
  let row = Array.from({ length: hashes.length / hashBytes }, (_, i) =>
    hashes.subarray(i * hashBytes, (i + 1) * hashBytes),
  );
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, i) =>
      nodeHash(sha256, row[2 * i] ?? new Uint8Array(), row[2 * i + 1] ?? new Uint8Array()),
    );
  return (row[0] ?? new Uint8Array()).slice();
}

/** The tile of each level that is not full yet, of a tree of so many leaves. */
export function openTiles(size: number): Tile[] {
  const open: Tile[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth;
    if (width > 0) open.push({ level, tile: Math.floor(count / tileWidth), width });
  }
  return open;
}

/** The tiles that are new or longer once these leaves are added to a tree whose open tiles are given. */
export function grow(
  sha256: Sha256,
  size: number,
  open: readonly TileBytes[],
  leaves: readonly Hash[],
): readonly TileBytes[] {
  const changed: TileBytes[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0; level += 1) {
    const above: Hash[] = [];
    const before = Math.floor(size / tileWidth ** level);
    let tile = Math.floor(before / tileWidth);
    let row = [...rowOf(open, level, tile, before % tileWidth)];
    for (const hash of added) {
      row.push(hash);
      if (row.length < tileWidth) continue;
      const hashes = joined(row);
      changed.push({ level, tile, hashes });
      above.push(perfectHash(sha256, hashes));
      [row, tile] = [[], tile + 1];
    }
    if (row.length > 0) changed.push({ level, tile, hashes: joined(row) });
    added = above;
  }
  return changed;
}

function rowOf(open: readonly TileBytes[], level: number, tile: number, width: number): Hash[] {
  if (width === 0) return [];
  const hashes = open.find((each) => each.level === level && each.tile === tile)?.hashes;
  if (hashes?.length !== width * hashBytes) throw new RangeError(`tile ${level}/${tile} is not as wide as the tree`);
  return Array.from({ length: width }, (_, i) => hashes.subarray(i * hashBytes, (i + 1) * hashBytes));
}

function joined(row: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(row.length * hashBytes);
  row.forEach((hash, i) => {
    bytes.set(hash, i * hashBytes);
  });
  return bytes;
}

/** 1234067 as x001/x234/067: how a tile's number is written in an address. */
export function tileNumberPath(tile: number): string {
  const digits = String(tile);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** The same the other way, with the width where one is named: `x001/x234/067.p/8`. null for anything else. */
export function readTilePath(path: string): { readonly tile: number; readonly width: number } | null {
  const found = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  const tile = Number(found?.[1]?.replace(/[x/]/g, ''));
  const width = found?.[2] === undefined ? tileWidth : Number(found[2]);
  const isOne = Number.isSafeInteger(tile) && (found?.[2] === undefined ? true : width < tileWidth);
  return isOne && tileNumberPath(tile) === found?.[1] ? { tile, width } : null;
}

/** Entries as tlog-tiles bundles them: each after its length in two bytes. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    bytes.set([entry.length >> 8, entry.length & 255], at);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}
