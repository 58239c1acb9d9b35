import { type Fingerprints, hashOf, readFingerprints, slotOf } from './fingerprints.ts';

/** How a surface was met in ordinary text; part of its hash. */
export const salt = { seen: 1, common: 2, latin: 3 } as const;

/** Surfaces of ordinary text. What occurs there by itself disguises nothing. */
export class OrdinaryText {
  private readonly table: Fingerprints;
  private readonly pair = new Uint16Array(2);

  constructor(bytes: Uint8Array) {
    this.table = readFingerprints(bytes, 'ordinary');
  }

  /** Whether every pair of neighbours in codes[i..j] occurs in ordinary text. */
  hasPairs(codes: Uint16Array, i: number, j: number): boolean {
    for (let at = i; at < j; at++) if (!this.has(salt.seen, codes, at, at + 2)) return false;
    return true;
  }

  hasPair(code: number, next: number): boolean {
    this.pair[0] = code;
    this.pair[1] = next;
    return this.has(salt.seen, this.pair, 0, 2);
  }

  /** Whether codes[at] makes a common pair with the neighbour before or behind it. */
  isAtHome(codes: Uint16Array, at: number, count: number): boolean {
    return (
      (at > 0 && this.has(salt.common, codes, at - 1, at + 1)) ||
      (at + 1 < count && this.has(salt.common, codes, at, at + 2))
    );
  }

  /** Whether the run of Latin letters is an ordinary word, abbreviation or model name. */
  hasLatin(codes: Uint16Array, from: number, to: number): boolean {
    return this.has(salt.latin, codes, from, to);
  }

  private has(which: number, codes: Uint16Array, from: number, to: number): boolean {
    return slotOf(this.table, hashOf(which, codes, from, to)) >= 0;
  }
}
