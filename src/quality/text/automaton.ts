/** A tree of patterns over a double array. States are slots; `base` and `check` follow the literature; the root is 0. */
export interface Trie {
  readonly base: Int32Array;
  readonly check: Int32Array;
  /** First pattern that ends in a state, −1 for none, and the next pattern with the same letters. */
  readonly first: Int32Array;
  readonly next: Int32Array;
}

/** Aho-Corasick over the tree. */
export interface Automaton extends Trie {
  readonly fail: Int32Array;
  /** The state itself or the nearest state on its fail path that ends a pattern; 0 when there is none. */
  readonly ends: Int32Array;
  /** The next such state below one that ends a pattern. */
  readonly endsNext: Int32Array;
}

/** Patterns are strings whose code units are letters 1..letters; none may be empty. */
export function buildAutomaton(patterns: readonly string[], letters: number): Automaton {
  return link(grow(patterns, letters));
}

/** As buildAutomaton, for walks that begin anew at every place. */
export function buildTrie(patterns: readonly string[], letters: number): Trie {
  return grow(patterns, letters).trie;
}

/** Several numbers of each state side by side, four to a state, so that a step looks at one place in memory. */
export function sideBySide(...columns: readonly Int32Array[]): Int32Array {
  const cells = new Int32Array(4 * (columns[0] as Int32Array).length);
  columns.forEach((column, place) => {
    for (let state = 0; state < column.length; state++) cells[4 * state + place] = column[state] as number;
  });
  return cells;
}

/** The tree, and its states in order of depth, each with its parent and the letter that leads to it. */
interface Grown {
  readonly trie: Trie;
  readonly states: readonly number[];
  readonly parents: readonly number[];
  readonly letters: readonly number[];
}

function grow(patterns: readonly string[], letters: number): Grown {
  const order = sortedOrder(patterns);
  const total = patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  const slots = new Slots(letters, total);
  const states: number[] = [];
  const first = new Map<number, number>();
  const next = new Int32Array(patterns.length).fill(-1);
  // Breadth first: each entry of the queue is a run of sorted patterns with a common beginning.
  const queue = new Runs(total + 1);
  queue.push(0, 0, order.length, 0);
  const parents: number[] = [];
  const childLetters: number[] = [];
  for (let head = 0; head < queue.length; head++) {
    const [state, right, depth] = [queue.state(head), queue.right(head), queue.depth(head)];
    let at = queue.left(head);
    for (; at < right && (patterns[order[at] as number] as string).length === depth; at++) {
      next[order[at] as number] = first.get(state) ?? -1;
      first.set(state, order[at] as number);
    }
    const [children, starts] = childrenOf(patterns, order, at, right, depth);
    if (children.length === 0) continue;
    const base = slots.place(state, children);
    children.forEach((letter, i) => {
      const child = base + letter;
      states.push(child);
      parents.push(state);
      childLetters.push(letter);
      queue.push(child, starts[i] as number, starts[i + 1] ?? right, depth + 1);
    });
  }
  const { base, check } = slots;
  const firstOf = new Int32Array(check.length).fill(-1);
  for (const [state, pattern] of first) firstOf[state] = pattern;
  return { trie: { base, check, first: firstOf, next }, states, parents, letters: childLetters };
}

/** Runs of sorted patterns that begin alike: where in the order, the state they lead to and how long the beginning is. */
class Runs {
  length = 0;
  private readonly cells: Int32Array;

  constructor(most: number) {
    this.cells = new Int32Array(4 * most);
  }

  push(state: number, left: number, right: number, depth: number): void {
    const at = 4 * this.length++;
    this.cells[at] = state;
    this.cells[at + 1] = left;
    this.cells[at + 2] = right;
    this.cells[at + 3] = depth;
  }

  state = (run: number): number => this.cells[4 * run] as number;
  left = (run: number): number => this.cells[4 * run + 1] as number;
  right = (run: number): number => this.cells[4 * run + 2] as number;
  depth = (run: number): number => this.cells[4 * run + 3] as number;
}

function sortedOrder(patterns: readonly string[]): Int32Array {
  const compare = (a: number, b: number) => {
    const [one, other] = [patterns[a] as string, patterns[b] as string];
    return one < other ? -1 : one > other ? 1 : a - b;
  };
  return Int32Array.from([...patterns.keys()].sort(compare));
}

function childrenOf(
  patterns: readonly string[],
  order: Int32Array,
  from: number,
  right: number,
  depth: number,
): [number[], number[]] {
  const letters: number[] = [];
  const starts: number[] = [];
  for (let at = from; at < right; at++) {
    const letter = (patterns[order[at] as number] as string).charCodeAt(depth);
    if (letter === letters.at(-1)) continue;
    letters.push(letter);
    starts.push(at);
  }
  return [letters, starts];
}

/** The double array while it grows. Slots up to the number of letters stay empty, so that a base is never negative. */
class Slots {
  base: Int32Array;
  check: Int32Array;
  private nextFree: Int32Array;
  private previousFree: Int32Array;
  private readonly letters: number;
  /** Where the search for room starts for few, some and many children; it moves on when it has become crowded. */
  private readonly searchFrom: [number, number, number];

  constructor(letters: number, total: number) {
    this.letters = letters;
    const size = total + 3 * letters + 64;
    this.base = new Int32Array(size);
    this.check = new Int32Array(size).fill(-1);
    this.nextFree = new Int32Array(size);
    this.previousFree = new Int32Array(size);
    this.chain(0, size);
    this.searchFrom = [letters + 1, letters + 1, letters + 1];
  }

  private chain(from: number, to: number): void {
    for (let slot = from; slot < to; slot++) {
      this.nextFree[slot] = slot + 1;
      this.previousFree[slot] = slot - 1;
    }
  }

  place(state: number, children: readonly number[]): number {
    const base = this.findBase(children);
    this.base[state] = base;
    for (const letter of children) this.take(base + letter, state);
    return base;
  }

  private findBase(children: readonly number[]): number {
    const [lowest = 1] = children;
    if (children.length === 1) return this.freeFrom(this.nextFree[this.letters] as number) - lowest;
    const size = children.length < 5 ? 0 : children.length < 33 ? 1 : 2;
    let slot = this.freeFrom(this.searchFrom[size]);
    this.searchFrom[size] = slot;
    for (let tried = 0; !this.fits(slot - lowest, children); tried++) {
      slot = this.freeFrom(this.nextFree[slot] as number);
      // Behind a crowd there is little to find: the search starts here from now on, single children fill the rest.
      if (tried > 4) this.searchFrom[size] = slot;
    }
    return slot - lowest;
  }

  private fits(base: number, children: readonly number[]): boolean {
    for (let i = 1; i < children.length; i++) if (this.check[base + (children[i] as number)] !== -1) return false;
    return true;
  }

  /** The first free slot from here on, with room behind it for every letter. */
  private freeFrom(from: number): number {
    let slot = from;
    while (slot < this.check.length && this.check[slot] !== -1) slot++;
    this.room(slot + this.letters);
    return slot;
  }

  private take(slot: number, state: number): void {
    this.check[slot] = state;
    const [before, after] = [this.previousFree[slot] as number, this.nextFree[slot] as number];
    this.nextFree[before] = after;
    if (after < this.previousFree.length) this.previousFree[after] = before;
  }

  /** Makes sure that slot `to` is there. */
  private room(to: number): void {
    const size = this.check.length;
    if (to < size) return;
    const wider = Math.max(to + 1, size * 2);
    const copy = (old: Int32Array, fill: number) => {
      const fresh = new Int32Array(wider).fill(fill);
      fresh.set(old);
      return fresh;
    };
    this.base = copy(this.base, 0);
    this.check = copy(this.check, -1);
    // The old chain ended at `size`, where the new stretch begins.
    const last = this.lastFree();
    this.nextFree = copy(this.nextFree, 0);
    this.previousFree = copy(this.previousFree, 0);
    this.chain(size, wider);
    this.previousFree[size] = last;
  }

  private lastFree(): number {
    let slot = this.check.length - 1;
    while (slot > 0 && this.check[slot] !== -1) slot--;
    return slot;
  }
}

function link({ trie, states, parents, letters }: Grown): Automaton {
  const { base, check, first } = trie;
  const fail = new Int32Array(check.length);
  const ends = new Int32Array(check.length);
  const endsNext = new Int32Array(check.length);
  for (let i = 0; i < states.length; i++) {
    const [state, parent, letter] = [states[i] as number, parents[i] as number, letters[i] as number];
    if (parent !== 0) {
      let from = fail[parent] as number;
      while (from !== 0 && check[(base[from] as number) + letter] !== from) from = fail[from] as number;
      const to = (base[from] as number) + letter;
      fail[state] = check[to] === from ? to : 0;
    }
    const below = ends[fail[state] as number] as number;
    ends[state] = first[state] === -1 ? below : state;
    endsNext[state] = below;
  }
  return { ...trie, fail, ends, endsNext };
}
