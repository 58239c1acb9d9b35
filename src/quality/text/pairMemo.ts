/** What a pair of neighbouring characters may be part of, as bits. */
export const part = {
  /** A writing begins with the pair, or is its first character. */
  writing: 1,
  /** One that is no longer than the pair does. */
  shortWriting: 32,
  /** A word of two sounds like the pair and has one of its characters; and ordinary text does not have the pair. */
  soundsAlike: 2,
  /** A word of three and more begins with sounds of the pair, or has them in second and third place. */
  firstSounds: 4,
  laterSounds: 8,
  /** Ordinary text does not have the pair. Without such a pair nothing longer is a word that only sounds like one listed. */
  unusual: 16,
} as const;

const bits = 18;
const partMask = 63;
/** Tells a slot that was filled from an empty one. */
const known = 128;

/**
 * Remembers the parts of pairs: some ten thousand pairs are most of what people write. A slot is found by the upper bits of a hash
 * that no other pair has, and holds its lower bits beside the parts, so that a look costs one place in memory.
 */
export class PairMemo {
  private readonly slots = new Uint32Array(2 ** bits);
  private readonly partsOf: (code: number, next: number) => number;
  /** For each place of the text read last, what it and the next one may be part of; the last place has no next. */
  parts = new Uint8Array(1024);

  constructor(partsOf: (code: number, next: number) => number) {
    this.partsOf = partsOf;
  }

  /** Fills `parts` for codes[0..count); returns all of them or'ed. */
  read(codes: Uint16Array, count: number): number {
    if (this.parts.length < codes.length) this.parts = new Uint8Array(codes.length);
    const { parts, slots } = this;
    let all = 0;
    let code = count > 0 ? (codes[0] as number) : 0;
    for (let at = 0; at < count; at++) {
      const next = at + 1 < count ? (codes[at + 1] as number) : 0;
      // Multiplying by an odd number mixes the pair and loses nothing of it.
      const hash = Math.imul((code << 16) | next, 0x9e3779b1);
      const slot = hash >>> (32 - bits);
      const whose = ((hash & (2 ** (32 - bits) - 1)) << 8) | known;
      let here = slots[slot] as number;
      if ((here & ~partMask) !== whose) {
        here = whose | this.partsOf(code, next);
        slots[slot] = here;
      }
      parts[at] = here & partMask;
      all |= here;
      code = next;
    }
    return all & partMask;
  }
}
