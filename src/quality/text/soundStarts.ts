import { Sieve } from './sieve.ts';

/** Where a pattern of sounds can begin; most places of a text are passed over by it. Sounds come up to three at once, ten bits each. */
export class SoundStarts {
  private readonly first: PairSet;
  private readonly later: PairSet;
  private readonly two: PairSet;
  private readonly own: Sieve;
  private readonly triples: Sieve;
  /** Length of the longest pattern. */
  readonly longest: number;

  /** A word belongs to each pattern: its characters as listed. */
  constructor(patterns: readonly string[], wordOf: (pattern: number) => string, letters: number) {
    this.first = new PairSet(letters);
    this.later = new PairSet(letters);
    this.two = new PairSet(letters);
    this.own = new Sieve(patterns.length * 2);
    this.triples = new Sieve(patterns.length);
    let longest = 0;
    patterns.forEach((pattern, i) => {
      const [one, two, three] = [pattern.charCodeAt(0), pattern.charCodeAt(1), pattern.charCodeAt(2)];
      longest = Math.max(longest, pattern.length);
      if (pattern.length > 2) {
        this.first.add(one, two);
        this.later.add(two, three);
        this.triples.add(one, two, three);
      } else {
        this.two.add(one, two);
        this.own.add(wordOf(i).charCodeAt(0), two, 0);
        this.own.add(one, wordOf(i).charCodeAt(1), 1);
      }
    });
    this.longest = longest;
  }

  /** Whether a pattern of three and more begins with the two. */
  beginsLong(said: number, then: number): boolean {
    return this.first.has(said, then);
  }

  /** Whether a pattern has the two in second and third place. */
  goesOn(said: number, then: number): boolean {
    return this.later.has(said, then);
  }

  /** Whether a pattern of two may sound like the characters, with one of them its word's own. */
  soundsAlike(code: number, said: number, next: number, then: number): boolean {
    if (!this.two.has(said, then)) return false;
    for (let b = then; b > 0; b >>>= 10) if (this.own.has(code, b & 1023, 0)) return true;
    for (let a = said; a > 0; a >>>= 10) if (this.own.has(a & 1023, next, 1)) return true;
    return false;
  }

  /** Whether a pattern may begin with the three. */
  hasTriple(said: number, then: number, third: number): boolean {
    for (let a = said; a > 0; a >>>= 10)
      for (let b = then; b > 0; b >>>= 10)
        for (let c = third; c > 0; c >>>= 10) if (this.triples.has(a & 1023, b & 1023, c & 1023)) return true;
    return false;
  }
}

/** Pairs of sounds, one bit each. */
class PairSet {
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

  has(said: number, then: number): boolean {
    for (let a = said; a > 0; a >>>= 10)
      for (let b = then; b > 0; b >>>= 10) {
        const pair = (a & 1023) * this.width + (b & 1023);
        if (((this.bits[pair >>> 5] as number) & (1 << (pair & 31))) !== 0) return true;
      }
    return false;
  }
}
