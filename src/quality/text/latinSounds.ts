import type { Automaton } from './automaton.ts';
import { kind } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, visible, wordAllows } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import type { SoundClasses } from './soundClasses.ts';

/** How a token of a match was written. */
const written = { character: 0, syllable: 1, initial: 2, letter: 3 } as const;
/** Characters of a word before its first Latin letter; longer words start later in their pinyin. */
const reachBack = 7;
/** A longer run of letters is pinyin or a word of another language, never initials. */
const longestInitials = 8;
/** Steps of the walk for each character of a text: letters that could be anything must not cost more. */
const stepsEach = 64;

/**
 * Finds words written wholly or partly in Latin letters: syllables (weixin, wei信), initials (wx, 微x) and mixtures. Walks the
 * sound automaton's tree from every place near Latin letters. Needs no more than `stepsEach` steps for a character.
 */
export class LatinSounds {
  private readonly automaton: Automaton;
  private readonly classes: SoundClasses;
  private readonly entryOf: Int32Array;
  private readonly entries: readonly ListEntry[];
  private readonly ordinary: OrdinaryText;
  private readonly syllables = new Map<number, number>();
  private readonly starts = new Int32Array(64);
  private readonly how = new Uint8Array(64);
  private steps = 0;
  private runLength = 0;

  constructor(
    automaton: Automaton,
    classes: SoundClasses,
    entryOf: Int32Array,
    entries: readonly ListEntry[],
    ordinary: OrdinaryText,
  ) {
    this.automaton = automaton;
    this.classes = classes;
    this.entryOf = entryOf;
    this.entries = entries;
    this.ordinary = ordinary;
    for (const [syllable, letter] of classes.ofSyllable) {
      let key = 0;
      for (let i = 0; i < syllable.length; i++) key = key * 32 + syllable.charCodeAt(i) - 96;
      this.syllables.set(key, letter);
    }
  }

  match(stream: CharacterStream, hits: Hits): void {
    const { codes, count } = stream;
    let start = 0;
    for (let at = 0; at < count; at++) {
      if (!isLetter(codes[at] as number)) continue;
      const run = runAround(stream, at);
      this.runLength = run.to - at;
      this.steps = stepsEach * (reachBack + 1);
      // An ordinary word that touches no character is one word, not the beginning of another.
      const alone = !touchesHan(stream, run.from, run.from - 1) && !touchesHan(stream, run.to - 1, run.to);
      if (!alone || run.to - run.from < 2 || !this.ordinary.hasLatin(codes, run.from, run.to)) {
        for (start = Math.max(start, at - reachBack); start <= at; start++) this.walk(stream, start, 0, 0, false, hits);
        // Inside the run only long pinyin may begin: six letters and more.
        for (; start + 6 <= run.to; start++) {
          this.runLength = longestInitials + 1;
          this.walk(stream, start, 0, 0, false, hits);
        }
      }
      at = Math.max(at, run.to - 1);
      start = Math.max(start, at + 1 - reachBack);
    }
  }

  private walk(stream: CharacterStream, at: number, state: number, depth: number, latin: boolean, hits: Hits): void {
    if (depth > 0 && latin && this.automaton.first[state] !== -1) this.report(stream, at, state, depth, hits);
    if (at >= stream.count || depth >= 63 || --this.steps < 0) return;
    const code = stream.codes[at] as number;
    this.starts[depth] = at;
    if (!isLetter(code)) {
      for (let rest = this.classes.ofCharacter[code] ?? 0; rest > 0; rest >>>= 10)
        this.go(stream, at + 1, state, rest & 1023, depth, written.character, latin, hits);
      return;
    }
    this.go(stream, at + 1, state, this.classes.ofLatin[code] ?? 0, depth, written.letter, latin, hits);
    let key = 0;
    for (let to = at; to < at + 6 && to < stream.count; to++) {
      const letter = stream.codes[to] as number;
      if (!isLetter(letter)) break;
      key = key * 32 + letter - 96;
      const syllable = this.syllables.get(key);
      if (syllable) this.go(stream, to + 1, state, syllable, depth, written.syllable, true, hits);
    }
    if (this.runLength > longestInitials) return;
    const twoLetters =
      stream.codes[at + 1] === 104 && (code === 122 || code === 99 || code === 115) && at + 1 < stream.count;
    for (const sound of this.classes.byInitial[code] ?? []) {
      this.go(stream, at + 1, state, sound, depth, written.initial, true, hits);
      if (twoLetters) this.go(stream, at + 2, state, sound, depth, written.initial, true, hits);
    }
  }

  private go(
    stream: CharacterStream,
    to: number,
    state: number,
    letter: number,
    depth: number,
    how: number,
    latin: boolean,
    hits: Hits,
  ): void {
    const next = (this.automaton.base[state] as number) + letter;
    if (letter === 0 || this.automaton.check[next] !== state) return;
    this.how[depth] = how;
    this.walk(stream, to, next, depth + 1, latin, hits);
  }

  private report(stream: CharacterStream, end: number, state: number, depth: number, hits: Hits): void {
    const start = this.starts[0] as number;
    let checked: boolean | null = null;
    for (
      let pattern = this.automaton.first[state] as number;
      pattern !== -1;
      pattern = this.automaton.next[pattern] as number
    ) {
      const entry = this.entryOf[pattern] as number;
      if (!this.ownEnough(stream, (this.entries[entry] as ListEntry).characters, depth)) continue;
      checked ??= this.stands(stream, start, end, depth);
      if (!checked) return;
      hits.add(entry, stream.from[start] as number, stream.to[end - 1] as number, 'homophone');
    }
  }

  /** Beside letters that only hint at it, a character has to be the word's own; and two initials alone may be any abbreviation: wx is an alias. */
  private ownEnough(stream: CharacterStream, word: string, depth: number): boolean {
    let own = 0;
    let other = 0;
    let initials = 0;
    for (let token = 0; token < depth; token++) {
      if (this.how[token] === written.initial) initials++;
      else if (this.how[token] === written.character) {
        if (stream.codes[this.starts[token] as number] === word.charCodeAt(token)) own++;
        else other++;
      }
    }
    if (initials === depth && depth === 2) return false;
    if (other > 0 && (initials > 0 || depth === 2)) return other === 0 || (own > 0 && depth > 2);
    return true;
  }

  private stands(stream: CharacterStream, start: number, end: number, depth: number): boolean {
    return (
      this.boundariesAllow(stream, start, end, depth) &&
      this.spacingAllows(stream, start, end, depth) &&
      !this.isOrdinary(stream, start, end, depth)
    );
  }

  private boundariesAllow(stream: CharacterStream, start: number, end: number, depth: number): boolean {
    const { codes, gap, count } = stream;
    let initials = false;
    for (let token = 0; token < depth; token++) if (this.how[token] === written.initial) initials = true;
    if (!initials) return endsAllow(stream, start, end - 1);
    const cutsBefore =
      start > 0 &&
      isLatin(codes[start - 1] as number) &&
      isLetter(codes[start] as number) &&
      visible(gap[start] ?? 0) === 0;
    const cutsAfter =
      end < count &&
      isLatin(codes[end] as number) &&
      isLetter(codes[end - 1] as number) &&
      visible(gap[end] ?? 0) === 0;
    return !cutsBefore && !cutsAfter;
  }

  /** The rule for gaps, with syllables as the places: `wei xin`, or every letter apart, `w e i x i n`. */
  private spacingAllows(stream: CharacterStream, start: number, end: number, depth: number): boolean {
    let inside = 0;
    let seen = 0;
    let open = 0;
    let token = 1;
    for (let at = start + 1; at < end; at++) {
      const here = visible(stream.gap[at] ?? 0);
      const between = token < depth && at === this.starts[token];
      if (between) token++;
      if (here === 0) continue;
      seen |= here;
      if (between) open++;
      else inside++;
    }
    const letters = end - start - 1 - (depth - 1);
    if (inside > 0 && inside < letters) return seen === kind.symbol;
    if (inside > 0 && open < depth - 1) return false;
    return wordAllows(depth === 2 && seen === kind.space ? kind.symbol : seen, open, depth - 1, () => true);
  }

  /** Whether everything that was read as pinyin is an ordinary word, model or unit: `ok`, `can`, `usb`. */
  private isOrdinary(stream: CharacterStream, start: number, end: number, depth: number): boolean {
    let ordinary = false;
    for (let token = 0; token < depth; token++) {
      const how = this.how[token] as number;
      // Beside characters of the word letters are no word of their own.
      if (how === written.character) return false;
      if (how !== written.syllable && how !== written.initial) continue;
      const { from, to } = runAround(stream, this.starts[token] as number);
      if (to - from < 2) continue;
      if (from < start || to > end || !this.ordinary.hasLatin(stream.codes, from, to)) return false;
      ordinary = true;
    }
    return ordinary;
  }
}

function touchesHan({ codes, gap, count }: CharacterStream, edge: number, outside: number): boolean {
  return (
    outside >= 0 &&
    outside < count &&
    (codes[outside] as number) > 0x3000 &&
    visible(gap[Math.max(edge, outside)] ?? 0) === 0
  );
}

/** The Latin letters around a place, up to what was skipped. */
function runAround({ codes, gap, count }: CharacterStream, at: number): { from: number; to: number } {
  let [from, to] = [at, at + 1];
  while (from > 0 && at - from < 16 && isLetter(codes[from - 1] as number) && visible(gap[from] ?? 0) === 0) from--;
  while (to < count && to - at < 16 && isLetter(codes[to] as number) && visible(gap[to] ?? 0) === 0) to++;
  return { from, to };
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isLatin(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}
