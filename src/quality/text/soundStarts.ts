import { PairSet } from './pairSet.ts';
import { Sieve } from './sieve.ts';
import type { SortedPatterns } from './sortedPatterns.ts';

/** Where a pattern of sounds can begin; most places of a text are passed over by it. Sounds come up to three at once, ten bits each. */
export class SoundStarts {
  private readonly first: PairSet;
  private readonly later: PairSet;
  private readonly two: PairSet;
  private readonly own: Sieve;
  private readonly sorted: SortedPatterns;
  /** Length of the longest pattern. */
  readonly longest: number;

  /** `sorted` holds the same patterns; a word belongs to each: its characters as listed. */
  constructor(
    patterns: readonly string[],
    sorted: SortedPatterns,
    wordOf: (pattern: number) => string,
    letters: number,
  ) {
    this.sorted = sorted;
    this.first = new PairSet(letters);
    this.later = new PairSet(letters);
    this.two = new PairSet(letters);
    this.own = new Sieve(2 * patterns.reduce((sum, { length }) => sum + (length === 2 ? 1 : 0), 0));
    let longest = 0;
    patterns.forEach((pattern, i) => {
      const [one, two, three] = [pattern.charCodeAt(0), pattern.charCodeAt(1), pattern.charCodeAt(2)];
      longest = Math.max(longest, pattern.length);
      if (pattern.length > 2) {
        this.first.add(one, two);
        this.later.add(two, three);
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

  /** Whether a pattern of two is the two sounds. */
  isWhole(said: number, then: number): boolean {
    return this.two.has(said, then);
  }

  /** Whether a pattern begins with the three. */
  hasTriple(said: number, then: number, third: number): boolean {
    const { sorted } = this;
    for (let a = said; a > 0; a >>>= 10)
      for (let b = then; b > 0; b >>>= 10)
        for (let c = third; c > 0; c >>>= 10) if (sorted.find(a & 1023, b & 1023, c & 1023) < sorted.end) return true;
    return false;
  }

  /** Whether a pattern of two may sound like the characters, with one of them its word's own. */
  soundsAlike(code: number, said: number, next: number, then: number): boolean {
    for (let b = then; b > 0; b >>>= 10) if (this.own.has(code, b & 1023, 0)) return true;
    for (let a = said; a > 0; a >>>= 10) if (this.own.has(a & 1023, next, 1)) return true;
    return false;
  }
}
