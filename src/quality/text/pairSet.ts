/** Pairs of small numbers, one bit each. */
export class PairSet {
  private readonly bits: Uint32Array;
  private readonly width: number;

  constructor(letters: number) {
    this.width = letters + 1;
    this.bits = new Uint32Array(((this.width * this.width) >>> 5) + 1);
  }

  add(one: number, two: number): void {
    const pair = one * this.width + two;
    this.bits[pair >>> 5] = (this.bits[pair >>> 5] as number) | (1 << (pair & 31));
  }

  /** Whether one of the pairs is there: both sides may be up to three numbers, ten bits each. */
  has(said: number, then: number): boolean {
    for (let a = said; a > 0; a >>>= 10)
      for (let b = then; b > 0; b >>>= 10) {
        const pair = (a & 1023) * this.width + (b & 1023);
        if (((this.bits[pair >>> 5] as number) & (1 << (pair & 31))) !== 0) return true;
      }
    return false;
  }
}
