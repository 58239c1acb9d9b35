/** What a pair of neighbouring characters may be part of, as bits. */
export const part = {
  /** A writing begins with the pair, or is its first character. */
  writing: 1,
  /** A word of two sounds like the pair and has one of its characters; and ordinary text does not have the pair. */
  soundsAlike: 2,
  /** A word of three and more begins with sounds of the pair, or has them in second and third place. */
  firstSounds: 4,
  laterSounds: 8,
  /** Ordinary text does not have the pair. Without such a pair nothing longer is a word that only sounds like one listed. */
  unusual: 16,
} as const;

const bits = 16;

/** Remembers the parts of pairs: a few thousand pairs are most of what people write. */
export class PairMemo {
  private readonly keys = new Uint32Array(2 ** bits);
  private readonly found = new Uint8Array(2 ** bits);
  private readonly partsOf: (code: number, next: number) => number;
  /** For each place of the text read last, what it and the next one may be part of; the last place has no next. */
  parts = new Uint8Array(1024);

  constructor(partsOf: (code: number, next: number) => number) {
    this.partsOf = partsOf;
  }

  /** Fills `parts` for codes[0..count); returns all of them or'ed. */
  read(codes: Uint16Array, count: number): number {
    if (this.parts.length < codes.length) this.parts = new Uint8Array(codes.length);
    const { parts, keys, found } = this;
    let all = 0;
    let code = count > 0 ? (codes[0] as number) : 0;
    for (let at = 0; at < count; at++) {
      const next = at + 1 < count ? (codes[at + 1] as number) : 0;
      const key = ((code << 16) | next) >>> 0;
      const slot = Math.imul(key, 0x9e3779b1) >>> (32 - bits);
      let here = found[slot] as number;
      if (keys[slot] !== key) {
        here = this.partsOf(code, next);
        keys[slot] = key;
        found[slot] = here;
      }
      parts[at] = here;
      all |= here;
      code = next;
    }
    return all;
  }
}
