import { bytesOf, unpack, words16, words32 } from './pack.ts';

/** Kinds of code units. A character is matched; what is not is skipped, and remembered as what stood in a gap. */
export const kind = { character: 0, invisible: 1, symbol: 2, space: 4, punctuation: 8 } as const;
/** Stands for a character that no list can hold. */
export const unknownCharacter = 0xfffd;

/** `characters.bin` ready for use. An entry is `folded | kind << 16`, with `readEmoji` above. */
export interface Characters {
  readonly entries: Uint32Array;
  readonly supplements: readonly { readonly from: number; readonly to: number; readonly entries: Uint32Array }[];
  /** Entries whose folded value lies in 0xd800..0xdfff stand for several characters: these. */
  readonly expansions: readonly string[];
  /** Up to three readings of the characters from U+4E00, ten bits each: 1 + index into `syllables`, 0 for none. */
  readonly readings: Uint32Array;
  readonly syllables: readonly string[];
  /** Emoji, by code point, and the character that they are read as. */
  readonly emoji: ReadonlyMap<number, number>;
  /** Two characters typed for one, as `left << 16 | right`. */
  readonly splits: ReadonlyMap<number, number>;
  readonly aliases: readonly (readonly [string, readonly string[]])[];
}

/** A bit of an entry: the emoji is read as a character. */
export const readEmoji = 1 << 24;

/** Throws RangeError when the bytes are no such table. */
export function readCharacters(bytes: Uint8Array): Characters {
  const packed = unpack(bytes, 'characters');
  const notes = packed.notes as unknown as Notes;
  const entries = entriesOf(words16(packed, 'fold'), bytesOf(packed, 'kind'));
  const supplement = entriesOf(words16(packed, 'supplement'), bytesOf(packed, 'supplementKind'));
  let at = 0;
  const supplements = notes.supplements.map(([from, to]) => {
    at += to - from + 1;
    return { from, to, entries: supplement.subarray(at - (to - from + 1), at) };
  });
  const emoji = new Map(notes.emoji.map(([seen, meant]) => [seen.codePointAt(0) ?? 0, meant.charCodeAt(0)]));
  for (const code of emoji.keys()) if (code < 0x10000) entries[code] = (entries[code] ?? 0) | readEmoji;
  const splits = new Map<number, number>();
  for (const [typed, whole] of notes.splits) {
    const [left, right] = [folded(entries, typed.charCodeAt(0)), folded(entries, typed.charCodeAt(1))];
    splits.set((left << 16) | right, whole.charCodeAt(0));
  }
  const { expansions, syllables, aliases } = notes;
  return { entries, supplements, expansions, syllables, aliases, emoji, splits, readings: words32(packed, 'readings') };
}

interface Notes {
  readonly expansions: readonly string[];
  readonly supplements: readonly (readonly [number, number])[];
  readonly syllables: readonly string[];
  readonly emoji: readonly (readonly [string, string])[];
  readonly splits: readonly (readonly [string, string])[];
  readonly aliases: readonly (readonly [string, readonly string[]])[];
}

function entriesOf(fold: Uint16Array, kinds: Uint8Array): Uint32Array {
  return Uint32Array.from(fold, (value, code) => value | ((kinds[code] ?? kind.invisible) << 16));
}

function folded(entries: Uint32Array, code: number): number {
  return (entries[code] ?? 0) & 0xffff;
}

/** The readings of a character, ten bits each; 0 when it has none. */
export function readingsOf(characters: Characters, code: number): number {
  return code >= 0x4e00 && code <= 0x9fff ? (characters.readings[code - 0x4e00] ?? 0) : 0;
}
