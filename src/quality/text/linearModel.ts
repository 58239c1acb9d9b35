import { type Fingerprints, mixed, readFingerprints, slotOf } from './fingerprints.ts';
import type { FoldedText } from './foldText.ts';

/** The longest run of symbols that is a feature of the models. */
const longest = 3;
let scratch = new Uint32Array(3 * 1024);

/** Hashes of all runs of one to three symbols, in order of place and with repeats; valid until the next call. */
export function featuresOf({ symbols, symbolCount }: FoldedText): Uint32Array {
  if (symbolCount * longest > scratch.length) scratch = new Uint32Array(symbolCount * longest * 2);
  let n = 0;
  for (let at = 0; at < symbolCount; at++) {
    let hash = 0;
    for (let length = 1; length <= longest && at + length <= symbolCount; length++) {
      hash = mixed(hash, symbols[at + length - 1] as number);
      scratch[n++] = hash;
    }
  }
  return scratch.subarray(0, n);
}

/** A long text is not surer of itself than a short one: sums are divided by the root of the number of known runs. */
export function scaleOf(runs: number): number {
  return 1 / Math.sqrt(runs + 1);
}

/** Weights of symbol runs. The margin of a text is their sum, each run counted once, times the text's scale, plus the bias. */
export class LinearModel {
  private readonly table: Fingerprints;
  /** The text in which a slot was last counted. */
  private readonly lastText: Uint32Array;
  private textNumber = 0;

  constructor(bytes: Uint8Array, kind: string) {
    this.table = readFingerprints(bytes, kind);
    this.lastText = new Uint32Array(this.table.marks.length);
  }

  margin(features: Uint32Array): number {
    const { table, lastText } = this;
    const { weights, scale, bias } = table;
    this.textNumber = (this.textNumber + 1) >>> 0;
    let sum = 0;
    let known = 0;
    for (const hash of features) {
      const slot = slotOf(table, hash);
      if (slot < 0 || lastText[slot] === this.textNumber) continue;
      lastText[slot] = this.textNumber;
      known++;
      sum += weights[slot] as number;
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
