import { bytesOf, pack, unpack, words16 } from './pack.ts';

/**
 * A set, or a map to small weights, of strings known by a hash: 16 bits of it in an open table of 2^n slots. A string that was
 * never put in is found once in some 30,000 times.
 */
export interface Fingerprints {
  readonly marks: Uint16Array;
  readonly weights: Int8Array;
  /** What a weight of 1 is worth. */
  readonly scale: number;
  readonly bias: number;
}

/** Hash of codes[from..to), salted. 32 bits. */
export function hashOf(salt: number, codes: Uint16Array, from: number, to: number): number {
  let hash = salt;
  for (let at = from; at < to; at++) hash = mixed(hash, codes[at] ?? 0);
  return hash >>> 0;
}

/** One step of the hash: what came before, and a code unit. */
export function mixed(hash: number, code: number): number {
  const next = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + code;
  return Math.imul(next ^ (next >>> 12), 0x297a2d39) ^ (next >>> 16);
}

/** The slot that holds the hash, or −1. */
export function slotOf({ marks }: Fingerprints, hash: number): number {
  const mask = marks.length - 1;
  const mark = markOf(hash);
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const here = marks[slot];
    if (here === mark) return slot;
    if (here === 0) return -1;
  }
}

/** The 16 bits of a hash that a slot keeps; never 0. */
export function markOf(hash: number): number {
  return (hash >>> 16) ^ ((hash & 0xf) << 11) || 1;
}

/** Throws RangeError when the bytes are no table of this kind. */
export function readFingerprints(bytes: Uint8Array, kind: string): Fingerprints {
  const packed = unpack(bytes, kind);
  const marks = words16(packed, 'marks');
  const { scale, bias } = packed.notes;
  if (
    marks.length === 0 ||
    (marks.length & (marks.length - 1)) !== 0 ||
    !marks.includes(0) ||
    typeof scale !== 'number' ||
    typeof bias !== 'number'
  )
    throw new RangeError(`the ${kind} table is damaged`);
  const weights = bytesOf(packed, 'weights');
  return { marks, weights: new Int8Array(weights.buffer, 0, weights.length), scale, bias };
}

/** The table's file. Of two hashes with one fingerprint in one place the first put in stays: give the weightiest first. */
export function writeFingerprints(
  kind: string,
  entries: readonly { readonly hash: number; readonly weight: number }[],
  { bits, scale, bias }: { bits: number; scale: number; bias: number },
): Uint8Array {
  const size = 2 ** bits;
  if (entries.length > size * 0.75) throw new RangeError(`${entries.length} entries crowd a table of ${size}`);
  const marks = new Uint16Array(size);
  const weights = new Int8Array(scale === 0 ? 0 : size);
  for (const { hash, weight } of entries) {
    let slot = hash & (size - 1);
    const mark = markOf(hash);
    while (marks[slot] !== 0 && marks[slot] !== mark) slot = (slot + 1) & (size - 1);
    if (marks[slot] === mark) continue;
    marks[slot] = mark;
    if (scale !== 0) weights[slot] = Math.max(-127, Math.min(127, Math.round(weight / scale)));
  }
  return pack({
    kind,
    notes: { scale, bias },
    parts: { marks: new Uint8Array(marks.buffer), weights: new Uint8Array(weights.buffer) },
  });
}

/** The same table with its bias moved. */
export function moveBias(bytes: Uint8Array, kind: string, by: number): Uint8Array {
  const { notes, parts } = unpack(bytes, kind);
  return pack({ kind, notes: { ...notes, bias: Number(notes.bias) + by }, parts });
}
