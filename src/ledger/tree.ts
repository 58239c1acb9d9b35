/** A hash function, given by whoever has the quickest one at hand. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
export type Hash = Uint8Array;

/** A perfect subtree: the hash of leaves [index · 2^level, (index + 1) · 2^level). */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Reads hashes of perfect subtrees, in the order asked for. All that proofs need to know of a store. */
export interface HashReader {
  readHashes(subtrees: readonly Subtree[]): Promise<readonly Hash[]>;
}

/** RFC 6962, 2.1: what a leaf of these bytes is in the tree. */
export function leafHash(sha256: Sha256, entry: Uint8Array): Hash {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return sha256(bytes);
}

export function nodeHash(sha256: Sha256, left: Hash, right: Hash): Hash {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The root of a tree of so many leaves; that of the empty tree is the hash of nothing. */
export async function rootHash(sha256: Sha256, reader: HashReader, size: number): Promise<Hash> {
  if (size === 0) return sha256(new Uint8Array());
  return rangeHash(sha256, await reader.readHashes(subtreesOf(0, size)));
}

/** The hashes from the leaf's sibling up to the root's child. Throws RangeError for a leaf that the tree does not have. */
export async function proveInclusion(
  sha256: Sha256,
  reader: HashReader,
  leaf: number,
  size: number,
): Promise<readonly Hash[]> {
  if (!(isSize(leaf) && isSize(size) && leaf < size)) throw new RangeError(`no leaf ${leaf} in a tree of ${size}`);
  return rangeHashes(sha256, reader, siblingsOf(leaf, 0, size));
}

/** That the tree of `size` leaves begins with that of `old` ones. Throws RangeError unless 0 < old ≤ size. */
export async function proveConsistency(
  sha256: Sha256,
  reader: HashReader,
  old: number,
  size: number,
): Promise<readonly Hash[]> {
  if (!(isSize(old) && isSize(size) && old > 0 && old <= size))
    throw new RangeError(`no tree of ${old} in one of ${size}`);
  return old === size ? [] : rangeHashes(sha256, reader, changesSince(old, 0, size, true));
}

export interface Inclusion {
  readonly leaf: number;
  readonly size: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** RFC 9162, 2.1.3.2: whether the proof leads from the leaf to the root. */
export function isIncluded(sha256: Sha256, { leaf, size, leafHash: own, proof, root }: Inclusion): boolean {
  if (!(isSize(leaf) && isSize(size) && leaf < size && own.length === 32 && areHashes(proof))) return false;
  let [at, last, hash] = [leaf, size - 1, own];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = nodeHash(sha256, hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly size: number;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162, 2.1.4.2: whether the proof makes both roots out of the same leaves. Of an empty tree nothing can be told. */
export function isConsistent(sha256: Sha256, { oldSize, oldRoot, size, root, proof }: Consistency): boolean {
  if (!(isSize(oldSize) && isSize(size) && oldSize > 0 && oldSize <= size && areHashes(proof))) return false;
  if (oldSize === size) return proof.length === 0 && sameBytes(oldRoot, root);
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  const [first] = path;
  if (!first) return false;
  let [at, last] = [oldSize - 1, size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [before, after] = [first, first];
  for (const hash of path.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = nodeHash(sha256, hash, before);
      after = nodeHash(sha256, hash, after);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else after = nodeHash(sha256, after, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(before, oldRoot) && sameBytes(after, root);
}

/** Leaves from `from` up to, not including, `to`. */
type Range = readonly [from: number, to: number];

function siblingsOf(leaf: number, from: number, to: number): Range[] {
  if (to - from === 1) return [];
  const middle = from + powerBelow(to - from);
  return leaf < middle
    ? [...siblingsOf(leaf, from, middle), [middle, to]]
    : [...siblingsOf(leaf, middle, to), [from, middle]];
}

function changesSince(old: number, from: number, to: number, whole: boolean): Range[] {
  if (old === to) return whole ? [] : [[from, to]];
  const middle = from + powerBelow(to - from);
  return old <= middle
    ? [...changesSince(old, from, middle, whole), [middle, to]]
    : [...changesSince(old, middle, to, false), [from, middle]];
}

/** The perfect subtrees that a range is made of, from the left; `from` is a multiple of the largest one's width. */
function subtreesOf(from: number, to: number): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to; ) {
    const width = powerUpTo(to - at);
    found.push({ level: Math.round(Math.log2(width)), index: at / width });
    at += width;
  }
  return found;
}

/** All ranges' hashes with one read. */
async function rangeHashes(sha256: Sha256, reader: HashReader, ranges: readonly Range[]): Promise<Hash[]> {
  const parts = ranges.map(([from, to]) => subtreesOf(from, to));
  const hashes = await reader.readHashes(parts.flat());
  let taken = 0;
  return parts.map(({ length }) => {
    taken += length;
    return rangeHash(sha256, hashes.slice(taken - length, taken));
  });
}

const rangeHash = (sha256: Sha256, hashes: readonly Hash[]): Hash =>
  hashes.reduceRight((right, left) => nodeHash(sha256, left, right));

/** Sizes and places are whole numbers that a float holds exactly: nine quadrillion leaves. */
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const half = (value: number): number => Math.floor(value / 2);
const isPowerOfTwo = (value: number): boolean => powerUpTo(value) === value;
/** The largest power of two below a number of at least 2. */
const powerBelow = (value: number): number => powerUpTo(value - 1);

/** Doubled rather than by logarithm, which rounds large numbers up. */
function powerUpTo(value: number): number {
  let power = 1;
  while (power * 2 <= value) power *= 2;
  return power;
}

const areHashes = (some: readonly Hash[]): boolean => some.every(({ length }) => length === 32);

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
