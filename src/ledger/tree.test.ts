import { execFileSync } from 'node:child_process';
import { hash as digest } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../platform/root.ts';
import { grow, hashesFromTiles, openTiles, readTilePath, type TileBytes, tileNumberPath, widthAt } from './tiles.ts';
import {
  type Hash,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootHash,
} from './tree.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(digest('sha256', bytes, 'buffer'));
const leafOf = (n: number): Hash => leafHash(sha256, new TextEncoder().encode(`entry ${n}`));

/** RFC 6962, 2.1, word for word: what the tree is said to be, without tiles or shortcuts. */
function plainRoot(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (!only) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(sha256, plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
}

/** Tiles as a store keeps them. */
class Tiles {
  readonly #kept = new Map<string, Uint8Array>();
  size = 0;

  add(leaves: readonly Hash[]): void {
    const open = openTiles(this.size).map(({ level, tile }): TileBytes => {
      return { level, tile, hashes: this.#kept.get(`${level}/${tile}`) ?? new Uint8Array() };
    });
    for (const { level, tile, hashes } of grow(sha256, this.size, open, leaves))
      this.#kept.set(`${level}/${tile}`, hashes);
    this.size += leaves.length;
  }

  reader(size = this.size) {
    return hashesFromTiles(
      sha256,
      {
        readTiles: async (tiles) =>
          tiles.map(({ level, tile }) => this.#kept.get(`${level}/${tile}`) ?? new Uint8Array()),
      },
      size,
    );
  }
}

const grown = (size: number, batch: number): Tiles => {
  const tiles = new Tiles();
  for (let at = 0; at < size; at += batch)
    tiles.add(Array.from({ length: Math.min(batch, size - at) }, (_, i) => leafOf(at + i)));
  return tiles;
};

test('roots out of tiles are those of RFC 6962 at every size, in whatever batches the leaves came', async () => {
  const leaves = Array.from({ length: 1100 }, (_, n) => leafOf(n));
  const sizes = [0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 512, 513, 1023, 1024, 1100];
  for (const batch of [1, 7, 256, 1000]) {
    const tiles = grown(1100, batch);
    for (const size of sizes)
      expect(await rootHash(sha256, tiles.reader(size), size)).toEqual(plainRoot(leaves.slice(0, size)));
  }
  const deep = grown(70_000, 9973);
  const deepLeaves = Array.from({ length: 70_000 }, (_, n) => leafOf(n));
  expect(await rootHash(sha256, deep.reader(), 70_000)).toEqual(plainRoot(deepLeaves));
  // The example of tlog-tiles: one partial tile of 112, one of 17, one of 1.
  expect(openTiles(70_000)).toEqual([
    { level: 0, tile: 273, width: 112 },
    { level: 1, tile: 1, width: 17 },
    { level: 2, tile: 0, width: 1 },
  ]);
  expect([widthAt(256, 0, 0), widthAt(256, 1, 0), widthAt(256, 0, 1)]).toEqual([256, 1, 0]);
});

/** A hash with one bit of it turned. */
const corrupt = (hash: Hash, bit: number): Hash =>
  hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

test('every proof holds, and none does with one bit of any hash turned, one hash less or more, or another place', async () => {
  const size = 300;
  const tiles = grown(size, 64);
  const root = await rootHash(sha256, tiles.reader(), size);
  for (let leaf = 0; leaf < size; leaf += leaf < 20 || leaf > 250 ? 1 : 13) {
    const proof = await proveInclusion(sha256, tiles.reader(), leaf, size);
    const good = { leaf, size, leafHash: leafOf(leaf), proof, root };
    expect(isIncluded(sha256, good)).toBe(true);
    const bad = [
      ...proof.map((hash, i) => ({ ...good, proof: proof.with(i, corrupt(hash, (leaf * 7 + i) % 256)) })),
      { ...good, root: corrupt(root, leaf % 256) },
      { ...good, leafHash: leafOf(leaf + 1) },
      { ...good, leaf: leaf === 0 ? 1 : leaf - 1 },
      { ...good, proof: proof.slice(1) },
      { ...good, proof: [...proof, root] },
    ];
    for (const each of bad) expect(isIncluded(sha256, each)).toBe(false);
  }
  for (let old = 1; old <= size; old += old < 20 ? 1 : 11) {
    const oldRoot = await rootHash(sha256, tiles.reader(old), old);
    const proof = await proveConsistency(sha256, tiles.reader(), old, size);
    const good = { oldSize: old, oldRoot, size, root, proof };
    expect(isConsistent(sha256, good)).toBe(true);
    const bad = [
      ...proof.map((hash, i) => ({ ...good, proof: proof.with(i, corrupt(hash, (old * 5 + i) % 256)) })),
      { ...good, oldRoot: corrupt(oldRoot, old % 256) },
      { ...good, root: corrupt(root, old % 256) },
      { ...good, proof: [...proof, root] },
      ...(proof.length > 0
        ? [
            { ...good, proof: proof.slice(1) },
            { ...good, oldSize: old - 1 },
          ]
        : []),
    ];
    for (const each of bad) expect(isConsistent(sha256, each)).toBe(false);
  }
});

test('a log that was cut off or forked proves no consistency with what it had been', async () => {
  const [tiles, fork] = [grown(200, 50), grown(99, 99)];
  fork.add([leafOf(1000)]);
  fork.add(Array.from({ length: 100 }, (_, i) => leafOf(100 + i)));
  const at = async (of: Tiles, size: number) => rootHash(sha256, of.reader(size), size);
  const [oldRoot, root, forked] = [await at(tiles, 150), await at(tiles, 200), await at(fork, 200)];
  const proof = await proveConsistency(sha256, tiles.reader(), 150, 200);
  const forkProof = await proveConsistency(sha256, fork.reader(), 150, 200);
  expect(isConsistent(sha256, { oldSize: 150, oldRoot, size: 200, root, proof })).toBe(true);
  for (const each of [proof, forkProof])
    expect(isConsistent(sha256, { oldSize: 150, oldRoot, size: 200, root: forked, proof: each })).toBe(false);
  expect(isConsistent(sha256, { oldSize: 200, oldRoot: root, size: 150, root: oldRoot, proof })).toBe(false);
  await expect(proveConsistency(sha256, tiles.reader(), 201, 200)).rejects.toThrow(RangeError);
  await expect(proveInclusion(sha256, tiles.reader(), 200, 200)).rejects.toThrow(RangeError);
  // A tile that lost its end is told, not hashed as it is.
  const cut = hashesFromTiles(sha256, { readTiles: async () => [new Uint8Array(31)] }, 200);
  await expect(rootHash(sha256, cut, 200)).rejects.toThrow(/cut off/);
});

test('numbers of tiles and their addresses turn into each other, and nothing else is an address', () => {
  for (const tile of [0, 5, 999, 1000, 1_234_067, 999_999_999, 4_294_967_296])
    expect(readTilePath(tileNumberPath(tile))).toEqual({ tile, width: 256 });
  expect(tileNumberPath(1_234_067)).toBe('x001/x234/067');
  expect(readTilePath('x001/x234/067.p/8')).toEqual({ tile: 1_234_067, width: 8 });
  for (const path of ['', '1', '0001', '001/234', 'x000/001', 'x001/x234', '067.p/0', '067.p/256', '067.p/08', '067.p'])
    expect(readTilePath(path)).toBeNull();
});

interface Vector {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly [field: string]: unknown;
}
const vectors = join(packageRoot, '../shared/data/tlog/rfc6962_vectors.tar.gz');

describe.skipIf(!existsSync(vectors))(
  'the public RFC 6962 vectors of ../shared/data (skipped where the folder is absent)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'heng-tlog-'));
    execFileSync('tar', ['xzf', vectors, '-C', folder]);
    const read = (kind: string): Vector[] =>
      readdirSync(join(folder, 'testdata', kind), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(folder, 'testdata', kind, name), 'utf8')) as Vector);
    const [inclusion, consistency] = [read('inclusion'), read('consistency')];
    rmSync(folder, { recursive: true });
    const bytes = (text: unknown): Uint8Array => Buffer.from(String(text ?? ''), 'base64');
    const proofOf = ({ proof }: Vector): Hash[] => (proof ?? []).map(bytes);

    test('all 196 are judged as they say', () => {
      expect(inclusion.length + consistency.length).toBe(196);
      for (const vector of inclusion) {
        const { leafIdx, treeSize, leafHash: leaf, root } = vector;
        const given = { leaf: Number(leafIdx), size: Number(treeSize), leafHash: bytes(leaf), root: bytes(root) };
        expect([vector.desc, isIncluded(sha256, { ...given, proof: proofOf(vector) })]).toEqual([
          vector.desc,
          !vector.wantErr,
        ]);
      }
      for (const vector of consistency) {
        const { size1, size2, root1, root2 } = vector;
        const given = { oldSize: Number(size1), size: Number(size2), oldRoot: bytes(root1), root: bytes(root2) };
        expect([vector.desc, isConsistent(sha256, { ...given, proof: proofOf(vector) })]).toEqual([
          vector.desc,
          !vector.wantErr,
        ]);
      }
    });
  },
);
