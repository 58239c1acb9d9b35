import { Sieve, spread } from './sieve.ts';

/**
 * Patterns in the order of their letters, one after the other, and a table that leads from the first three letters to the stretch of
 * those that begin with them. A tree of the same patterns has a state for every letter and is ten times as large; following it is
 * waiting for memory, and most texts that share three letters with a listed word share no fourth.
 */
export class SortedPatterns {
  /** In each place of the order, the number that the pattern was given with. */
  readonly order: Int32Array;
  /** The letters of the pattern in a place are letters[starts[place]..starts[place + 1]). */
  readonly letters: Uint16Array;
  readonly starts: Int32Array;
  /** Where the stretch found last ends. */
  end = 0;
  /** Four numbers to a slot, side by side in memory: the first two letters, the third, where the stretch begins and where it ends. */
  private readonly slots: Int32Array;
  /** The same three letters: most of what is asked for is not there, which this tells from less memory. */
  private readonly begun: Sieve;

  /** Patterns are strings whose code units are letters, none of them 0; none may be empty. */
  constructor(patterns: readonly string[]) {
    this.order = Int32Array.from(sortedOrder(patterns));
    this.starts = new Int32Array(patterns.length + 1);
    this.letters = new Uint16Array(patterns.reduce((sum, { length }) => sum + length, 0));
    let to = 0;
    this.order.forEach((pattern, place) => {
      const letters = patterns[pattern] as string;
      for (let i = 0; i < letters.length; i++) this.letters[to++] = letters.charCodeAt(i);
      this.starts[place + 1] = to;
    });
    const stretches: number[] = [];
    for (let place = 0; place < patterns.length; place++)
      if (place === 0 || !this.beginAlike(place - 1, place)) stretches.push(place);
    this.begun = new Sieve(stretches.length);
    this.slots = new Int32Array(4 * 2 ** Math.ceil(Math.log2(2 * stretches.length + 2)));
    stretches.forEach((from, i) => {
      const [one, two, three] = [this.letter(from, 0), this.letter(from, 1), this.letter(from, 2)];
      this.begun.add(one, two, three);
      const at = this.slotOf(one, two, three);
      this.slots[at] = (one << 16) | two;
      this.slots[at + 1] = three;
      this.slots[at + 2] = from;
      this.slots[at + 3] = stretches[i + 1] ?? patterns.length;
    });
  }

  /**
   * The first place of the stretch of patterns that begin with the three letters; `end` is where it ends, the same place when there
   * are none. Patterns of one or two letters are asked for with 0 for those that they do not have.
   */
  find(one: number, two: number, three: number): number {
    if (!this.begun.has(one, two, three)) {
      this.end = 0;
      return 0;
    }
    const { slots } = this;
    const at = this.slotOf(one, two, three);
    this.end = slots[at + 3] as number;
    return slots[at + 2] as number;
  }

  /** Where the slot of the three letters is, or the empty one that would be theirs. */
  private slotOf(one: number, two: number, three: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const pair = (one << 16) | two;
    let at = (spread(one, two, three) << 2) & mask;
    while (slots[at] !== 0 && (slots[at] !== pair || slots[at + 1] !== three)) at = (at + 4) & mask;
    return at;
  }

  /**
   * Of the stretch from..to, whose patterns are alike in `depth` letters and all longer, those with this letter next: the first
   * place, and `end`. Needs a number of steps in the order of the stretch's logarithm.
   */
  narrow(from: number, to: number, depth: number, letter: number): number {
    const { letters, starts } = this;
    const first = this.firstNotBelow(from, to, depth, letter);
    let end = first;
    if (first < to && letters[(starts[first] as number) + depth] === letter)
      end = first + 1 === to ? to : this.firstNotBelow(first + 1, to, depth, letter + 1);
    this.end = end;
    return first;
  }

  lengthOf(place: number): number {
    return (this.starts[place + 1] as number) - (this.starts[place] as number);
  }

  private firstNotBelow(from: number, to: number, depth: number, letter: number): number {
    const { letters, starts } = this;
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((letters[(starts[middle] as number) + depth] as number) < letter) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A letter of the pattern in a place, 0 behind its end. */
  private letter(place: number, at: number): number {
    const from = (this.starts[place] as number) + at;
    return from < (this.starts[place + 1] as number) ? (this.letters[from] as number) : 0;
  }

  private beginAlike(place: number, other: number): boolean {
    for (let at = 0; at < 3; at++) if (this.letter(place, at) !== this.letter(other, at)) return false;
    return true;
  }
}

function sortedOrder(patterns: readonly string[]): number[] {
  return [...patterns.keys()].sort((a, b) => {
    const [one, other] = [patterns[a] as string, patterns[b] as string];
    return one < other ? -1 : one > other ? 1 : a - b;
  });
}
