/** What a pair of neighbouring characters may be part of, as bits. */
export const part = {
  /** A writing of three characters and more begins with the pair. */
  writing: 1,
  /** The pair is a writing, or its first character is. */
  shortWriting: 32,
  /** A word of two sounds like the pair and has one of its characters; and ordinary text does not have the pair. */
  soundsAlike: 2,
  /** A word of three and more begins with sounds of the pair, or has them in second and third place. */
  firstSounds: 4,
  laterSounds: 8,
  /** Ordinary text does not have the pair. Without such a pair nothing longer is a word that only sounds like one listed. */
  unusual: 16,
  /** The pair may be the halves of one character. */
  halves: 64,
} as const;

const bits = 16;
const partMask = 127;
/** Tells a slot that was filled from an empty one. */
const known = 128;

/**
 * Remembers the parts of pairs: some ten thousand pairs are most of what people write. A slot is found by the upper bits of a hash
 * that no other pair has, and holds its lower bits beside the parts, so that a look costs one place in memory. Two pairs share each
 * slot, the one that was read last in front.
 */
export class PairMemo {
  private readonly slots = new Uint32Array(2 ** (bits + 1));
  private readonly partsOf: (code: number, next: number) => number;
  /** For each place of the text read last, what it and the next one may be part of; the last place has no next. */
  parts = new Uint8Array(1024);
  /** Places where a writing may begin, the first `writingCount`. */
  writings = new Int32Array(1024);
  writingCount = 0;
  /** Places where a word may begin by its sound; behind the last unusual pair none does. */
  sounds = new Int32Array(1024);
  soundCount = 0;

  constructor(partsOf: (code: number, next: number) => number) {
    this.partsOf = partsOf;
  }

  /**
   * Fills the parts and places for codes[0..count); returns all parts or'ed. Places are written down before it is known whether they
   * count: a branch that nobody can foretell costs more than a look into the memo.
   */
  read(codes: Uint16Array, count: number): number {
    if (this.parts.length <= codes.length) this.reserve(codes.length + 1);
    const { parts, slots, writings, sounds } = this;
    let all = 0;
    let before = 0;
    let writingCount = 0;
    let soundCount = 0;
    let upToUnusual = 0;
    let code = count > 0 ? (codes[0] as number) : 0;
    for (let at = 0; at < count; at++) {
      const next = at + 1 < count ? (codes[at + 1] as number) : 0;
      // Multiplying by an odd number mixes the pair and loses nothing of it.
      const hash = Math.imul((code << 16) | next, 0x9e3779b1);
      const slot = (hash >>> (32 - bits)) << 1;
      const whose = ((hash & (2 ** (32 - bits) - 1)) << 8) | known;
      let here = slots[slot] as number;
      if ((here & ~partMask) !== whose) {
        const older = slots[slot + 1] as number;
        slots[slot + 1] = here;
        here = (older & ~partMask) === whose ? older : whose | this.partsOf(code, next);
        slots[slot] = here;
      }
      parts[at] = here & partMask;
      all |= here;
      writings[writingCount] = at;
      writingCount += (here | (here >>> 5)) & 1;
      // A long word begins one place before the pair that goes on with it.
      sounds[soundCount] = at - 1;
      soundCount += ((before >>> 2) & (here >>> 3) & 1) | ((before >>> 1) & 1);
      upToUnusual += (soundCount - upToUnusual) & -((before >>> 4) & 1);
      before = here;
      code = next;
    }
    this.writingCount = writingCount;
    this.soundCount = upToUnusual;
    return all & partMask;
  }

  private reserve(size: number): void {
    this.parts = new Uint8Array(size);
    this.writings = new Int32Array(size);
    this.sounds = new Int32Array(size);
  }
}
