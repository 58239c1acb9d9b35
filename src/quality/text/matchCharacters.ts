import { type Automaton, buildAutomaton } from './automaton.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry, Writing } from './listEntries.ts';

/** Finds writings character by character. */
export class CharacterMatcher {
  private readonly automaton: Automaton;
  private readonly letters = new Uint16Array(0x10000);
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
    const patterns = writings.map(({ characters }) => {
      const letters = Array.from(characters, (_, i) => this.letters[characters.charCodeAt(i)] ?? 0);
      return String.fromCharCode(...letters);
    });
    this.automaton = buildAutomaton(patterns, used.length);
  }

  match(text: string, stream: CharacterStream, hits: Hits): void {
    const { base, check, fail, ends } = this.automaton;
    const { letters } = this;
    const { codes, count } = stream;
    let state = 0;
    for (let at = 0; at < count; at++) {
      const letter = letters[codes[at] as number] as number;
      if (letter === 0) {
        state = 0;
        continue;
      }
      let next = (base[state] as number) + letter;
      while (check[next] !== state && state !== 0) {
        state = fail[state] as number;
        next = (base[state] as number) + letter;
      }
      state = check[next] === state ? next : 0;
      if (ends[state] !== 0) this.report(text, stream, at, state, hits);
    }
  }

  private report(text: string, stream: CharacterStream, at: number, state: number, hits: Hits): void {
    const { ends, endsNext, first, next } = this.automaton;
    for (let end = ends[state] as number; end !== 0; end = endsNext[end] as number)
      for (let pattern = first[end] as number; pattern !== -1; pattern = next[pattern] as number) {
        const { entry, characters, alias, openings } = this.writings[pattern] as Writing;
        const i = at - characters.length + 1;
        if (!gapsAllow(stream, i, at, openings) || !endsAllow(stream, i, at)) continue;
        const [from, to] = [stream.from[i] as number, stream.to[at] as number];
        const { lower } = this.entries[entry] as ListEntry;
        const plain = !alias && text.slice(from, to).toLowerCase() === lower;
        hits.add(entry, from, to, plain ? 'plain' : 'disguised');
      }
  }
}
