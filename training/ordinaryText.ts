import type { Characters } from '../src/quality/text/characters.ts';
import { hashOf, writeFingerprints } from '../src/quality/text/fingerprints.ts';
import { FoldedText } from '../src/quality/text/foldText.ts';
import { visible } from '../src/quality/text/gaps.ts';
import { salt } from '../src/quality/text/ordinary.ts';

/** How often a surface must occur before it is ordinary: what is rare in clean text may be a disguise itself. */
const atLeast = { seen: 2, common: 10, latin: 2, syllables: 20 };

/** `ordinary.bin`: pairs of Han characters and Latin words of clean text. */
export function ordinaryText(texts: readonly string[], characters: Characters, bits: number): Uint8Array {
  const counts = new Map<string, number>();
  const folded = new FoldedText(characters);
  for (const text of texts) {
    folded.read(text);
    for (const run of runsOf(folded)) count(run, counts);
  }
  const entries: { hash: number; weight: number }[] = [];
  const add = (which: number, surface: string, weight: number) => {
    const codes = Uint16Array.from(surface, (one) => one.charCodeAt(0));
    entries.push({ hash: hashOf(which, codes, 0, codes.length), weight });
  };
  for (const [surface, times] of counts) {
    if (/^[a-z]/.test(surface)) {
      const least = characters.syllables.includes(surface) ? atLeast.syllables : atLeast.latin;
      if (times >= least) add(salt.latin, surface, times * 1000);
      continue;
    }
    if (times >= atLeast.seen) add(salt.seen, surface, times);
    if (times >= atLeast.common) add(salt.common, surface, times);
  }
  entries.sort((a, b) => b.weight - a.weight || a.hash - b.hash);
  process.stdout.write(`${entries.length} ordinary surfaces\n`);
  return writeFingerprints('ordinary', entries.slice(0, Math.floor(2 ** bits * 0.7)), { bits, scale: 0, bias: 0 });
}

/** Stretches of Han characters and of Latin letters without anything between them. */
function runsOf({ stream }: FoldedText): string[] {
  const runs: string[] = [];
  let run = '';
  const sort = (one: string) => (/[\u4e00-\u9fff]/.test(one) ? 1 : /[a-z]/.test(one) ? 2 : 0);
  for (let i = 0; i < stream.count; i++) {
    const one = String.fromCharCode(stream.codes[i] as number);
    if (run !== '' && (visible(stream.gap[i] ?? 0) > 0 || sort(one) !== sort(run))) {
      runs.push(run);
      run = '';
    }
    if (sort(one) > 0) run += one;
  }
  return run === '' ? runs : [...runs, run];
}

function count(run: string, counts: Map<string, number>): void {
  const add = (surface: string) => counts.set(surface, (counts.get(surface) ?? 0) + 1);
  if (/^[a-z]/.test(run)) {
    if (run.length > 1 && run.length <= 16) add(run);
    return;
  }
  for (let at = 0; at + 1 < run.length; at++) add(run.slice(at, at + 2));
}
