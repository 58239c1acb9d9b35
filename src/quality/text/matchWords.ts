import type { Characters } from './characters.ts';
import { CharacterStream, type FoldedText } from './foldText.ts';
import { Hits } from './hits.ts';
import type { FoundWord, ListedWord } from './inspectText.ts';
import { listEntries } from './listEntries.ts';
import { CharacterMatcher } from './matchCharacters.ts';
import { SoundMatcher } from './matchSounds.ts';
import type { OrdinaryText } from './ordinary.ts';
import { soundClasses } from './soundClasses.ts';
import { WordStarts } from './wordStarts.ts';

/** All listed words: by their characters, by their sound, and both again where a text can be read in a second way. */
export class WordMatcher {
  private readonly byCharacter: CharacterMatcher;
  private readonly bySound: SoundMatcher;
  private readonly starts: WordStarts;
  private readonly hits: Hits;
  private readonly splits: ReadonlyMap<number, number>;
  private readonly characters: Characters;
  private readonly second = new CharacterStream();
  private readonly ordinary: OrdinaryText;

  constructor(words: readonly ListedWord[], characters: Characters, ordinary: OrdinaryText) {
    const { entries, writings } = listEntries(words, characters);
    this.characters = characters;
    this.ordinary = ordinary;
    // Halves are put together only to a character that some word has.
    const used = new Uint8Array(0x10000);
    for (const { characters: word } of entries) for (let i = 0; i < word.length; i++) used[word.charCodeAt(i)] = 1;
    this.splits = new Map([...characters.splits].filter(([, whole]) => used[whole] === 1));
    this.hits = new Hits(entries);
    const classes = soundClasses(characters);
    this.starts = new WordStarts(classes);
    this.byCharacter = new CharacterMatcher(entries, writings, this.starts);
    this.bySound = new SoundMatcher(entries, { characters, classes, ordinary }, this.starts);
    for (const halves of this.splits.keys()) this.starts.addHalves(halves >>> 16, halves & 0xffff);
  }

  match(text: string, folded: FoldedText): readonly FoundWord[] {
    this.hits.clear();
    this.read(text, folded.stream, folded.hasLatin);
    if (folded.readsEmoji || this.starts.mayHoldHalves) {
      const before = this.hits.count;
      // Where three parts can be put together in two ways, both are tried.
      for (const lateFirst of [false, true]) {
        const read = this.readAgain(text, folded, lateFirst);
        if (read === 'nothing') break;
        this.read(text, this.second, folded.hasLatin);
        if (read === 'clear') break;
      }
      this.hits.keep(before, (from, to) => !this.isOrdinary(folded.stream, from, to));
    }
    return this.hits.settle();
  }

  private read(text: string, stream: CharacterStream, hasLatin: boolean): void {
    const { starts, hits } = this;
    starts.read(stream.codes, stream.count);
    this.byCharacter.match(text, stream, starts, hits);
    this.bySound.match(text, stream, hasLatin, starts, hits);
  }

  /** Whether what was put together is ordinary as it stands: 女子 may be meant. Emoji never are. */
  private isOrdinary({ codes, from, to, count }: CharacterStream, start: number, end: number): boolean {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last + 1 < count && (to[last + 1] as number) <= end) last++;
    return from[low] === start && last > low && last < low + 4 && this.ordinary.hasPairs(codes, low, last);
  }

  /** The other reading: emoji said aloud, halves put together; of halves that overlap the first, or the later one. */
  private readAgain(
    text: string,
    { stream, readsEmoji: emoji }: FoldedText,
    lateFirst: boolean,
  ): 'nothing' | 'clear' | 'overlapping' {
    const { second, characters } = this;
    let changed = false;
    let overlapping = false;
    second.clear();
    let end = 0;
    const readEmoji = (to: number) => {
      for (let at = end; at < to; at++) {
        const code = text.codePointAt(at) ?? 0;
        const meant = characters.emoji.get(code);
        if (meant === undefined) continue;
        second.push(meant, at, at + (code > 0xffff ? 2 : 1));
        changed = true;
      }
    };
    for (let i = 0; i < stream.count; i++) {
      const [code, from, to] = [stream.codes[i] as number, stream.from[i] as number, stream.to[i] as number];
      if (emoji && from > end) readEmoji(from);
      else second.skip(stream.gap[i] ?? 0);
      end = to;
      let whole = this.wholeAt(stream, i);
      if (whole !== 0 && this.wholeAt(stream, i + 1) !== 0) {
        overlapping = true;
        if (lateFirst) whole = 0;
      }
      if (whole === 0) second.push(code, from, to);
      else {
        i++;
        end = stream.to[i] as number;
        second.push(whole, from, end);
        changed = true;
      }
    }
    if (emoji) readEmoji(text.length);
    return !changed ? 'nothing' : overlapping ? 'overlapping' : 'clear';
  }

  /** The character that i and its neighbour are the halves of, 0 for none. */
  private wholeAt({ codes, count }: CharacterStream, i: number): number {
    return i + 1 < count ? this.wholeOf(codes[i] as number, codes[i + 1] as number) : 0;
  }

  private wholeOf(left: number, right: number): number {
    return this.splits.get((left << 16) | right) ?? 0;
  }
}
