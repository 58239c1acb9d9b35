import { type Fingerprints, hashOf, readFingerprints, slotOf } from './fingerprints.ts';

/** How a surface was met in ordinary text; part of its hash. */
export const salt = { seen: 1, common: 2, latin: 3 } as const;

/** Surfaces of ordinary text. What occurs there by itself disguises nothing. */
export class OrdinaryText {
  private readonly table: Fingerprints;

  constructor(bytes: Uint8Array) {
    this.table = readFingerprints(bytes, 'ordinary');
  }

  /**
   * Whether codes[i..j] only sound like a listed word: the surface itself, or all its pairs, occur in ordinary text; or every one
   * of its characters belongs to a common pair with a neighbour, as in 发|票 across two words.
   */
  explains(codes: Uint16Array, i: number, j: number, count: number): boolean {
    if (j - i < 4 && j > i + 1 && this.has(salt.seen, codes, i, j + 1)) return true;
    let pairs = true;
    let covered = true;
    let before = i > 0 && this.has(salt.common, codes, i - 1, i + 1);
    for (let at = i; at <= j && (pairs || covered); at++) {
      const after = at + 1 < count && this.has(salt.common, codes, at, at + 2);
      if (!before && !after) covered = false;
      if (at < j && pairs) pairs = this.has(salt.seen, codes, at, at + 2);
      before = after;
    }
    return pairs || covered;
  }

  /** Whether the run of Latin letters is an ordinary word, abbreviation or model name. */
  hasLatin(codes: Uint16Array, from: number, to: number): boolean {
    return this.has(salt.latin, codes, from, to);
  }

  private has(which: number, codes: Uint16Array, from: number, to: number): boolean {
    return slotOf(this.table, hashOf(which, codes, from, to)) >= 0;
  }
}
