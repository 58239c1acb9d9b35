/**
 * A set of triples of numbers that may say yes to one that was never put in (one in some dozens when full), never no to one that
 * was: what most of a text is not is told from one place in memory.
 */
export class Sieve {
  private readonly bits: Uint32Array;
  private readonly mask: number;

  /** Room for so many triples. */
  constructor(expected: number) {
    const size = 2 ** Math.max(10, Math.ceil(Math.log2(expected * 12 + 1)));
    this.bits = new Uint32Array(size >>> 5);
    this.mask = size - 1;
  }

  add(a: number, b: number, c: number): void {
    const place = (spread(a, b, c) >>> 8) & this.mask;
    this.bits[place >>> 5] = (this.bits[place >>> 5] as number) | (1 << (place & 31));
  }

  has(a: number, b: number, c: number): boolean {
    const place = (spread(a, b, c) >>> 8) & this.mask;
    return ((this.bits[place >>> 5] as number) & (1 << (place & 31))) !== 0;
  }
}

/** A hash of three numbers, 32 bits of either sign. */
export function spread(a: number, b: number, c: number): number {
  const sum = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
