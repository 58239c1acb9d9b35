import { type Fingerprints, markOf, mixed, readFingerprints, slotOf } from './fingerprints.ts';
import type { FoldedText } from './foldText.ts';

/** The longest run of symbols that is a feature of the models. */
const longest = 3;
let scratch = new Uint32Array(2048);

interface Features {
  readonly hashes: Uint32Array;
  readonly count: number;
}
// One object for all texts: views of arrays cost more than the features themselves.
const features = { hashes: scratch, count: 0 };

/** Hashes of all runs of one to three symbols, each once, the first `count` of `hashes`; valid until the next call. */
export function featuresOf({ symbols, symbolCount }: FoldedText): Features {
  reserve(symbolCount * longest);
  generation = (generation + 1) >>> 0;
  const mask = seenIn.length - 1;
  let n = 0;
  for (let at = 0; at < symbolCount; at++) {
    let hash = 0;
    const end = at + longest < symbolCount ? at + longest : symbolCount;
    for (let to = at; to < end; to++) {
      hash = mixed(hash, symbols[to] as number);
      const feature = hash >>> 0;
      let slot = feature & mask;
      while (seenIn[slot] === generation && seen[slot] !== feature) slot = (slot + 1) & mask;
      if (seenIn[slot] === generation) continue;
      seenIn[slot] = generation;
      seen[slot] = feature;
      scratch[n++] = feature;
    }
  }
  features.hashes = scratch;
  features.count = n;
  return features;
}

// A set that forgets everything by counting up: what was seen, and in which text.
let seen = new Uint32Array(4096);
let seenIn = new Uint32Array(4096);
let generation = 0;

function reserve(size: number): void {
  if (size <= scratch.length && size * 2 <= seen.length) return;
  const slots = 2 ** Math.ceil(Math.log2(size * 2 + 1));
  scratch = new Uint32Array(slots);
  seen = new Uint32Array(slots);
  seenIn = new Uint32Array(slots);
}

/** A long text is not surer of itself than a short one: sums are divided by the root of the number of known runs. */
export function scaleOf(runs: number): number {
  return 1 / Math.sqrt(runs + 1);
}

/** Weights of symbol runs. The margin of a text is their sum, each run counted once, times the text's scale, plus the bias. */
export class LinearModel {
  private readonly table: Fingerprints;
  /** Mark and weight in one number, so that a look costs one place in memory: `mark << 8 | weight`. */
  private readonly slots: Uint32Array;

  constructor(bytes: Uint8Array, kind: string) {
    this.table = readFingerprints(bytes, kind);
    const { marks, weights } = this.table;
    if (weights.length !== marks.length) throw new RangeError(`the ${kind} table has no weights`);
    this.slots = Uint32Array.from(marks, (mark, i) => (mark << 8) | ((weights[i] as number) & 255));
  }

  margin({ hashes, count }: Features): number {
    const { slots } = this;
    const { scale, bias } = this.table;
    const mask = slots.length - 1;
    let sum = 0;
    let known = 0;
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] as number;
      const mark = markOf(hash);
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const here = slots[slot] as number;
        if (here === 0) break;
        if (here >>> 8 !== mark) continue;
        known++;
        sum += (here << 24) >> 24;
        break;
      }
    }
    return sum * scale * scaleOf(known) + bias;
  }

  /** For every symbol its own weight and that of the pair it begins. */
  eachPlace({ symbols, symbolCount }: FoldedText, take: (own: number, pair: number) => void): void {
    for (let at = 0; at < symbolCount; at++) {
      const hash = mixed(0, symbols[at] as number);
      take(this.weight(hash), at + 1 < symbolCount ? this.weight(mixed(hash, symbols[at + 1] as number)) : 0);
    }
  }

  private weight(hash: number): number {
    const slot = slotOf(this.table, hash);
    return slot < 0 ? 0 : (this.table.weights[slot] as number) * this.table.scale;
  }
}
