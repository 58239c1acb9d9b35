import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry, Writing } from './listEntries.ts';
import { SortedPatterns } from './sortedPatterns.ts';
import type { WordStarts } from './wordStarts.ts';

/** Finds writings character by character. */
export class CharacterMatcher {
  private readonly patterns: SortedPatterns;
  /** Of the writing in each place of the patterns: `entry << 2 | what it is`, of `written`. */
  private readonly what: Int32Array;
  private readonly entries: readonly ListEntry[];

  /** Tells `starts` where writings begin. */
  constructor(entries: readonly ListEntry[], writings: readonly Writing[], starts: WordStarts) {
    this.entries = entries;
    this.patterns = new SortedPatterns(writings.map(({ characters }) => characters));
    this.what = this.patterns.order.map((writing) => {
      const { alias, entry, characters } = writings[writing] as Writing;
      const { listed, openings } = entries[entry] as ListEntry;
      return (
        (entry << 2) |
        (alias
          ? written.alias
          : listed.word === characters
            ? written.plainly
            : openings === 0
              ? written.folded
              : written.open)
      );
    });
    for (const { characters } of writings) starts.addCharacters(characters);
  }

  /** Looks at the places that `starts`, which has read the stream, names. */
  match(text: string, stream: CharacterStream, starts: WordStarts, hits: Hits): void {
    const { patterns } = this;
    const { codes, count } = stream;
    const { short, long } = starts;
    for (let i = 0; i < short.count; i++) {
      const at = short.at[i] as number;
      const one = codes[at] as number;
      if (starts.isAlone(one)) this.follow(text, stream, at, 1, patterns.find(one, 0, 0), hits);
      if (at + 1 === count) continue;
      const from = patterns.find(one, codes[at + 1] as number, 0);
      if (from < patterns.end) this.follow(text, stream, at, 2, from, hits);
    }
    for (let i = 0; i < long.count; i++) {
      const at = long.at[i] as number;
      const from = patterns.find(codes[at] as number, codes[at + 1] as number, codes[at + 2] as number);
      if (from < patterns.end) this.follow(text, stream, at, 3, from, hits);
    }
  }

  /** Reports what goes on as the text does, of the stretch of patterns just found, which agree with it in so many characters. */
  private follow(text: string, stream: CharacterStream, at: number, agreed: number, first: number, hits: Hits): void {
    const { patterns } = this;
    let from = first;
    let to = patterns.end;
    for (let depth = agreed; from < to; depth++) {
      for (; from < to && patterns.lengthOf(from) === depth; from++) this.report(text, stream, at, from, hits);
      if (from === to || at + depth >= stream.count) return;
      from = patterns.narrow(from, to, depth, stream.codes[at + depth] as number);
      to = patterns.end;
    }
  }

  private report(text: string, stream: CharacterStream, i: number, place: number, hits: Hits): void {
    const what = this.what[place] as number;
    const entry = what >> 2;
    const j = i + this.patterns.lengthOf(place) - 1;
    const openings = (what & 3) === written.open ? (this.entries[entry] as ListEntry).openings : 0;
    if (!gapsAllow(stream, i, j, openings) || !endsAllow(stream, i, j)) return;
    const from = stream.from[i] as number;
    const to = stream.to[j] as number;
    hits.add(entry, from, to, this.isPlain(text, stream, i, j, what) ? 'plain' : 'disguised');
  }

  /** Most words fold to themselves, and most texts: then nothing of the list's own, which is far away in memory, is looked at. */
  private isPlain(text: string, { codes, from, to }: CharacterStream, i: number, j: number, what: number): boolean {
    if ((what & 3) === written.alias) return false;
    const start = from[i] as number;
    const end = to[j] as number;
    let at = start;
    if ((what & 3) === written.plainly && end - start === j - i + 1)
      while (at < end && text.charCodeAt(at) === codes[i + at - start]) at++;
    if (at === end) return true;
    const { lower, listed } = this.entries[what >> 2] as ListEntry;
    if (end - start === listed.word.length && text.startsWith(listed.word, start)) return true;
    return text.slice(start, end).toLowerCase() === lower;
  }
}

/** A writing is the listed word letter by letter, or the word folded, with places in which it may be open, or an alias. */
const written = { plainly: 0, folded: 1, open: 2, alias: 3 } as const;
