import type { Characters } from './characters.ts';
import { FoldedText } from './foldText.ts';
import type { ListedWord } from './inspectText.ts';

/** A listed word as the matcher knows it. Several lists may hold the same word. */
export interface ListEntry {
  readonly listed: ListedWord;
  /** Folded, without what is skipped. */
  readonly characters: string;
  readonly lower: string;
  /** Places between characters where the listed word itself has something that is skipped, as bits: `a b` has bit 1. */
  readonly openings: number;
}

/** One way to write an entry: the word itself or an alias. */
export interface Writing {
  readonly entry: number;
  readonly characters: string;
  readonly alias: boolean;
}

/** Throws RangeError for a word that holds nothing to match. */
export function listEntries(
  words: readonly ListedWord[],
  characters: Characters,
): { entries: ListEntry[]; writings: Writing[] } {
  const fold = folder(characters);
  const aliases = characters.aliases.map(
    ([word, writings]) => [fold(word).characters, writings.map((one) => fold(one))] as const,
  );
  const beginsAlias = new Uint8Array(0x10000);
  for (const [word] of aliases) beginsAlias[word.charCodeAt(0)] = 1;
  const entries: ListEntry[] = [];
  const writings: Writing[] = [];
  for (const listed of words) {
    const own = fold(listed.word);
    if (own.characters === '')
      throw new RangeError(`nothing to match in the listed word ${JSON.stringify(listed.word)}`);
    const entry = entries.length;
    entries.push({ listed, ...own, lower: listed.word.toLowerCase() });
    writings.push({ entry, characters: own.characters, alias: false });
    // 手木仓 is listed as it stands; where other halves of it are put together, these are as well.
    const whole = joined(own.characters, characters.splits);
    if (whole.length > 2 && whole !== own.characters) writings.push({ entry, characters: whole, alias: true });
    if (!listed.homophones || !hasOne(own.characters, beginsAlias)) continue;
    for (const [word, others] of aliases) {
      const at = own.characters.indexOf(word);
      // In a long word the short Latin aliases say too little: they stand for the whole word or for a third of it.
      if (at < 0 || own.characters.length > word.length * 3) continue;
      for (const other of others) {
        const written = own.characters.slice(0, at) + other.characters + own.characters.slice(at + word.length);
        writings.push({ entry, characters: written, alias: true });
      }
    }
  }
  return { entries, writings };
}

/** The word with neighbours that are halves of one character put together. */
function joined(word: string, splits: Characters['splits']): string {
  let whole = '';
  for (let i = 0; i < word.length; i++) {
    const one = splits.get((word.charCodeAt(i) << 16) | word.charCodeAt(i + 1));
    if (one === undefined) whole += word[i];
    else {
      whole += String.fromCharCode(one);
      i++;
    }
  }
  return whole;
}

function hasOne(characters: string, marked: Uint8Array): boolean {
  for (let i = 0; i < characters.length; i++) if (marked[characters.charCodeAt(i)] === 1) return true;
  return false;
}

function folder(characters: Characters): (word: string) => { characters: string; openings: number } {
  const text = new FoldedText(characters);
  return (word) => {
    text.read(word);
    const { stream } = text;
    let openings = 0;
    for (let i = 1; i < stream.count && i < 31; i++) if ((stream.gap[i] ?? 0) > 1) openings |= 1 << i;
    let characters = '';
    for (let i = 0; i < stream.count; i++) characters += String.fromCharCode(stream.codes[i] as number);
    return { characters, openings };
  };
}
