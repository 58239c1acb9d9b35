import { type Automaton, buildAutomaton, sideBySide } from './automaton.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry, Writing } from './listEntries.ts';
import { part } from './pairMemo.ts';
import { Sieve } from './sieve.ts';

/** Finds writings character by character. */
export class CharacterMatcher {
  private readonly automaton: Automaton;
  /** base, check, fail and ends of each state. */
  private readonly cells: Int32Array;
  private readonly letters = new Uint16Array(0x10000);
  /** The first two characters of the writings, apart those that have no more, or the only one. */
  private readonly starts: Sieve;
  private readonly triples: Sieve;
  private readonly single = new Uint8Array(0x10000);
  private readonly writings: readonly Writing[];
  private readonly entries: readonly ListEntry[];

  constructor(entries: readonly ListEntry[], writings: readonly Writing[]) {
    this.entries = entries;
    this.writings = writings;
    // Frequent characters get low letters: their children then lie close together.
    const counts = new Uint32Array(0x10000);
    for (const { characters } of writings)
      for (let i = 0; i < characters.length; i++)
        counts[characters.charCodeAt(i)] = 1 + (counts[characters.charCodeAt(i)] ?? 0);
    const used = [...counts.keys()].filter((code) => (counts[code] ?? 0) > 0);
    used.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
    used.forEach((code, i) => {
      this.letters[code] = i + 1;
    });
    this.starts = new Sieve(writings.length);
    this.triples = new Sieve(writings.length);
    for (const { characters } of writings) {
      const [one, two, three] = [characters.charCodeAt(0), characters.charCodeAt(1), characters.charCodeAt(2)];
      if (characters.length === 1) this.single[one] = 1;
      else this.starts.add(one, two, characters.length === 2 ? 1 : 0);
      if (characters.length > 2) this.triples.add(one, two, three);
    }
    const patterns = writings.map(({ characters }) => {
      let letters = '';
      for (let i = 0; i < characters.length; i++)
        letters += String.fromCharCode(this.letters[characters.charCodeAt(i)] as number);
      return letters;
    });
    this.automaton = buildAutomaton(patterns, used.length);
    const { base, check, fail, ends } = this.automaton;
    this.cells = sideBySide(base, check, fail, ends);
  }

  /** Whether the pair may be the beginning of a writing. */
  partsOf(code: number, next: number): number {
    if (this.single[code] !== 0 || this.starts.has(code, next, 1)) return part.writing | part.shortWriting;
    return this.starts.has(code, next, 0) ? part.writing : 0;
  }

  /** `parts` is what the memo knows of the stream's pairs. */
  match(text: string, stream: CharacterStream, parts: Uint8Array, hits: Hits): void {
    const { letters, cells } = this;
    const { codes, count } = stream;
    let state = 0;
    for (let at = 0; at < count; at++) {
      // At the root nothing is lost by passing over what no writing begins with.
      if (state === 0 && !this.begins(codes, count, at, parts[at] as number)) continue;
      const letter = letters[codes[at] as number] as number;
      if (letter === 0) {
        state = 0;
        continue;
      }
      let next = (cells[4 * state] as number) + letter;
      while (cells[4 * next + 1] !== state && state !== 0) {
        state = cells[4 * state + 2] as number;
        next = (cells[4 * state] as number) + letter;
      }
      if (cells[4 * next + 1] !== state) {
        state = 0;
        continue;
      }
      // One character deep is as good as the root where nothing begins with it and the next.
      state = state === 0 && !this.begins(codes, count, at, parts[at] as number) ? 0 : next;
      if (cells[4 * state + 3] !== 0) this.report(text, stream, at, state, hits);
    }
  }

  /** Whether a writing may begin at a place, as far as its first three characters tell. */
  private begins(codes: Uint16Array, count: number, at: number, here: number): boolean {
    if ((here & part.writing) === 0) return false;
    if ((here & part.shortWriting) !== 0) return true;
    return at + 2 < count && this.triples.has(codes[at] as number, codes[at + 1] as number, codes[at + 2] as number);
  }

  private report(text: string, stream: CharacterStream, at: number, state: number, hits: Hits): void {
    const { ends, endsNext, first, next } = this.automaton;
    for (let end = ends[state] as number; end !== 0; end = endsNext[end] as number)
      for (let pattern = first[end] as number; pattern !== -1; pattern = next[pattern] as number) {
        const { entry, characters, alias, openings } = this.writings[pattern] as Writing;
        const i = at - characters.length + 1;
        if (!gapsAllow(stream, i, at, openings) || !endsAllow(stream, i, at)) continue;
        const [from, to] = [stream.from[i] as number, stream.to[at] as number];
        hits.add(entry, from, to, !alias && this.isPlain(text, from, to, entry) ? 'plain' : 'disguised');
      }
  }

  private isPlain(text: string, from: number, to: number, entry: number): boolean {
    const { lower, listed } = this.entries[entry] as ListEntry;
    if (to - from === listed.word.length && text.startsWith(listed.word, from)) return true;
    return text.slice(from, to).toLowerCase() === lower;
  }
}
