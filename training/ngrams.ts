import type { Characters } from '../src/quality/text/characters.ts';
import { FoldedText } from '../src/quality/text/foldText.ts';
import { featuresOf } from '../src/quality/text/linearModel.ts';

/** Texts as sets of feature numbers, and the hash behind each number. Features seen in fewer than `atLeast` texts are dropped. */
export interface Featured {
  readonly rows: readonly Int32Array[];
  readonly hashes: Uint32Array;
}

export function featured(texts: readonly string[], characters: Characters, atLeast: number): Featured {
  const folded = new FoldedText(characters);
  const raw = texts.map((text) => {
    folded.read(text);
    const { hashes, count } = featuresOf(folded);
    return [...hashes.subarray(0, count)];
  });
  const counts = new Map<number, number>();
  for (const row of raw) for (const hash of row) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const numbers = new Map<number, number>();
  const hashes: number[] = [];
  for (const [hash, count] of counts)
    if (count >= atLeast) {
      numbers.set(hash, hashes.length);
      hashes.push(hash);
    }
  const rows = raw.map((row) => Int32Array.from(row.flatMap((hash) => numbers.get(hash) ?? [])));
  return { rows, hashes: Uint32Array.from(hashes) };
}

/** The same texts with the chosen features only, renumbered. */
export function choose({ rows, hashes }: Featured, chosen: readonly number[]): Featured {
  const numbers = new Int32Array(hashes.length).fill(-1);
  chosen.forEach((feature, i) => {
    numbers[feature] = i;
  });
  return {
    rows: rows.map((row) => row.map((feature) => numbers[feature] as number).filter((number) => number >= 0)),
    hashes: Uint32Array.from(chosen, (feature) => hashes[feature] as number),
  };
}
