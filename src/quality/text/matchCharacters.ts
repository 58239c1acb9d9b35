import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry, Writing } from './listEntries.ts';
import { type PairMemo, part } from './pairMemo.ts';
import { Sieve } from './sieve.ts';
import { SortedPatterns } from './sortedPatterns.ts';

/** Finds writings character by character. */
export class CharacterMatcher {
  private readonly patterns: SortedPatterns;
  /** The first two characters of the writings, apart those that have no more, or the only one. */
  private readonly starts: Sieve;
  private readonly single = new Uint8Array(0x10000);
  /** Of the writing in each place of the patterns: `entry << 2 | what it is`, of `written`. */
  private readonly what: Int32Array;
  private readonly entries: readonly ListEntry[];

  constructor(entries: readonly ListEntry[], writings: readonly Writing[]) {
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
    this.starts = new Sieve(writings.length);
    for (const { characters } of writings) {
      const [one, two] = [characters.charCodeAt(0), characters.charCodeAt(1)];
      if (characters.length === 1) this.single[one] = 1;
      else this.starts.add(one, two, characters.length === 2 ? 1 : 0);
    }
  }

  /** Whether the pair may be the beginning of a writing, or a whole one. */
  partsOf(code: number, next: number): number {
    const short = this.single[code] !== 0 || this.starts.has(code, next, 1);
    return (short ? part.shortWriting : 0) | (this.starts.has(code, next, 0) ? part.writing : 0);
  }

  /** Looks at the places that the memo, which has read the stream, names. */
  match(text: string, stream: CharacterStream, { parts, writings, writingCount }: PairMemo, hits: Hits): void {
    const { patterns } = this;
    const { codes, count } = stream;
    for (let i = 0; i < writingCount; i++) {
      const at = writings[i] as number;
      const here = parts[at] as number;
      const one = codes[at] as number;
      const two = at + 1 < count ? (codes[at + 1] as number) : 0;
      if ((here & part.shortWriting) !== 0) {
        if (this.single[one] !== 0) this.follow(text, stream, at, 1, patterns.find(one, 0, 0), hits);
        if (two !== 0) this.follow(text, stream, at, 2, patterns.find(one, two, 0), hits);
      }
      if ((here & part.writing) === 0 || at + 2 >= count) continue;
      const from = patterns.find(one, two, codes[at + 2] as number);
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
