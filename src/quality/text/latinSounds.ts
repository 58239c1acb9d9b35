import { buildTrie, sideBySide } from './automaton.ts';
import { kind } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, visible, wordAllows } from './gaps.ts';
import type { Hits } from './hits.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import { part } from './pairMemo.ts';
import { Sieve } from './sieve.ts';
import { initialLetters, initialOf, literalOf, type SoundClasses } from './soundClasses.ts';

/** How a token of a match was written. */
const written = { character: 0, syllable: 1, initial: 2, letter: 3 } as const;
/** Characters of a word before its first Latin letter; longer words start later in their pinyin. */
const reachBack = 7;
/** A longer run of letters is pinyin or a word of another language, never initials. */
const longestInitials = 8;
/** Steps of the walk for each character of a text: letters that could be anything must not cost more. */
const stepsEach = 256;

interface Sounding {
  /** Words as strings of sound letters, and the entry that each is a reading of. */
  readonly patterns: readonly string[];
  readonly entryOf: Int32Array;
  readonly entries: readonly ListEntry[];
  readonly classes: SoundClasses;
  readonly ordinary: OrdinaryText;
}

/**
 * Finds words written wholly or partly in Latin letters: syllables (weixin, wei信), initials (wx, 微x) and mixtures. Whatever a
 * token is, it has an initial: walks a tree of the words' initials from every place near Latin letters, and looks closer at the
 * words that end there. Needs no more than `stepsEach` steps for a character.
 */
export class LatinSounds {
  /** base, check and first of each state of the tree of initials. */
  private readonly cells: Int32Array;
  private readonly nextPattern: Int32Array;
  private readonly sounding: Sounding;
  /** The patterns in order of their initials, one after the other, and the entry of each. */
  private readonly sounds: Uint16Array;
  private readonly soundsFrom: Int32Array;
  private readonly entryOf: Int32Array;
  /** Sound letters of syllables as typed; 0 for what one begins with. */
  private readonly syllables = new Map<number, number>();
  /** A character of a word beside the initial of its neighbour, among the word's first two; by which of them it is. */
  private readonly beside: Sieve;
  /** The same of words of two. */
  private readonly besideLast: Sieve;
  private readonly starts = new Int32Array(64);
  private readonly how = new Uint8Array(64);
  private readonly syllable = new Uint16Array(64);
  private steps = 0;
  private runLength = 0;

  constructor(sounding: Sounding) {
    this.sounding = sounding;
    const { patterns, classes } = sounding;
    const initials = patterns.map((pattern) => {
      let text = '';
      for (let i = 0; i < pattern.length; i++)
        text += String.fromCharCode(classes.initials[pattern.charCodeAt(i)] as number);
      return text;
    });
    // Those that end in one state lie side by side: they are looked at one after the other.
    const order = [...patterns.keys()].sort((a, b) => compared(initials[a] as string, initials[b] as string));
    const sorted = order.map((pattern) => initials[pattern] as string);
    const { base, check, first, next } = buildTrie(sorted, initialLetters);
    this.cells = sideBySide(base, check, first);
    this.nextPattern = next;
    this.entryOf = Int32Array.from(order, (pattern) => sounding.entryOf[pattern] as number);
    this.soundsFrom = new Int32Array(order.length);
    this.sounds = new Uint16Array(patterns.reduce((sum, { length }) => sum + length, 0));
    this.beside = new Sieve(2 * order.length);
    this.besideLast = new Sieve(2 * order.length);
    let to = 0;
    order.forEach((pattern, i) => {
      const word = (sounding.entries[this.entryOf[i] as number] as ListEntry).characters;
      const [one, two] = [initials[pattern]?.charCodeAt(0) as number, initials[pattern]?.charCodeAt(1) as number];
      for (const sieve of word.length === 2 ? [this.beside, this.besideLast] : [this.beside]) {
        sieve.add(word.charCodeAt(0), two, 0);
        sieve.add(word.charCodeAt(1), one, 1);
      }
      this.soundsFrom[i] = to;
      const sounds = patterns[pattern] as string;
      for (let k = 0; k < sounds.length; k++) this.sounds[to++] = sounds.charCodeAt(k);
    });
    for (const [syllable, letter] of classes.ofSyllable) {
      let key = 0;
      for (let i = 0; i < syllable.length; i++) {
        if (i > 0 && !this.syllables.has(key)) this.syllables.set(key, 0);
        key = key * 32 + syllable.charCodeAt(i) - 96;
      }
      this.syllables.set(key, letter);
    }
  }

  /** `parts` is what the memo knows of the stream's pairs. */
  match(stream: CharacterStream, parts: Uint8Array, hits: Hits): void {
    const { codes, count } = stream;
    let start = 0;
    for (let at = 0; at < count; at++) {
      if (!isLetter(codes[at] as number)) continue;
      const run = runAround(stream, at);
      this.runLength = run.to - at;
      this.steps = stepsEach * (reachBack + 1);
      // An ordinary word that touches no character is one word, not the beginning of another.
      const alone = !touchesHan(stream, run.from, run.from - 1) && !touchesHan(stream, run.to - 1, run.to);
      if (!alone || run.to - run.from < 2 || !this.sounding.ordinary.hasLatin(codes, run.from, run.to)) {
        for (start = Math.max(start, at - reachBack); start <= at; start++)
          if (start + 1 >= at || canBegin(stream, parts, start, at)) this.walk(stream, start, 0, 0, hits);
        // Inside the run only long pinyin may begin: six letters and more.
        for (; start + 6 <= run.to; start++) {
          this.runLength = longestInitials + 1;
          this.walk(stream, start, 0, 0, hits);
        }
      }
      at = Math.max(at, run.to - 1);
      start = Math.max(start, at + 1 - reachBack);
    }
  }

  private walk(stream: CharacterStream, at: number, state: number, depth: number, hits: Hits): void {
    if (depth === 2) {
      const { codes } = stream;
      if (this.mayEnd(codes, state)) this.report(stream, at, state, depth, hits);
      // Beside an initial a character has to be the word's own, however long the word is.
      if (this.how[0] === written.initial || this.how[1] === written.initial) {
        if (!this.standBeside(codes, this.beside)) return;
      }
    } else if (depth > 2 && this.cells[4 * state + 2] !== -1) this.report(stream, at, state, depth, hits);
    if (at >= stream.count || depth >= 63 || --this.steps < 0) return;
    const { codes, count } = stream;
    const code = codes[at] as number;
    this.starts[depth] = at;
    if (!isLetter(code)) {
      const { classes } = this.sounding;
      let done = 0;
      for (let rest = classes.ofCharacter[code] as number; rest > 0; rest >>>= 10) {
        const initial = classes.initials[rest & 1023] as number;
        if (initial !== done) this.go(stream, at + 1, state, initial, depth, written.character, hits);
        done = initial;
      }
      return;
    }
    const initials = this.runLength <= longestInitials;
    const own = initialOf(code);
    this.go(stream, at + 1, state, literalOf(code), depth, written.letter, hits);
    if (initials) {
      this.go(stream, at + 1, state, own, depth, written.initial, hits);
      if (at + 1 < count && codes[at + 1] === 104 && (code === 122 || code === 99 || code === 115))
        this.go(stream, at + 2, state, own, depth, written.initial, hits);
    }
    let key = 0;
    for (let to = at; to < at + 6 && to < count; to++) {
      const letter = codes[to] as number;
      if (!isLetter(letter)) break;
      key = key * 32 + letter - 96;
      const syllable = this.syllables.get(key);
      if (syllable === undefined) break;
      if (syllable === 0) continue;
      this.syllable[depth] = syllable;
      this.go(stream, to + 1, state, own, depth, written.syllable, hits);
    }
  }

  /** Whether a word of two may be what the first two tokens stand for; a character beside letters has to be its own. */
  private mayEnd(codes: Uint16Array, state: number): boolean {
    return this.cells[4 * state + 2] !== -1 && this.standBeside(codes, this.besideLast);
  }

  /** Whether of the first two tokens the one that is a character is a word's own beside what the other begins with. */
  private standBeside(codes: Uint16Array, sieve: Sieve): boolean {
    const [one, two] = [codes[this.starts[0] as number] as number, codes[this.starts[1] as number] as number];
    const [first, second] = [this.how[0], this.how[1]];
    if (first === written.character && second !== written.character)
      return sieve.has(one, second === written.letter ? literalOf(two) : initialOf(two), 0);
    if (first !== written.character && second === written.character)
      return sieve.has(two, first === written.letter ? literalOf(one) : initialOf(one), 1);
    return true;
  }

  private go(
    stream: CharacterStream,
    to: number,
    state: number,
    initial: number,
    depth: number,
    how: number,
    hits: Hits,
  ): void {
    const next = (this.cells[4 * state] as number) + initial;
    if (this.cells[4 * next + 1] !== state) return;
    this.how[depth] = how;
    this.walk(stream, to, next, depth + 1, hits);
  }

  private report(stream: CharacterStream, end: number, state: number, depth: number, hits: Hits): void {
    let pinyin = 0;
    let initials = 0;
    for (let token = 0; token < depth; token++) {
      if (this.how[token] === written.syllable) pinyin++;
      else if (this.how[token] === written.initial) initials++;
    }
    // Two letters alone may be any abbreviation: wx is an alias.
    if (pinyin + initials === 0 || (depth === 2 && end - (this.starts[0] as number) === 2 && pinyin + initials === 2))
      return;
    if (initials > 0 && cutsRun(stream, this.starts[0] as number, end)) return;
    const start = this.starts[0] as number;
    let standing = false;
    const { cells, nextPattern } = this;
    for (let pattern = cells[4 * state + 2] as number; pattern !== -1; pattern = nextPattern[pattern] as number) {
      if (!this.reads(stream, this.soundsFrom[pattern] as number, depth)) continue;
      const entry = this.entryOf[pattern] as number;
      if (!this.ownEnough(stream, (this.sounding.entries[entry] as ListEntry).characters, depth)) continue;
      if (!standing && !this.stands(stream, start, end, depth)) return;
      standing = true;
      hits.add(entry, stream.from[start] as number, stream.to[end - 1] as number, 'homophone');
    }
  }

  /** Whether the tokens, whose initials are the pattern's, can be read as its sounds. */
  private reads({ codes }: CharacterStream, from: number, depth: number): boolean {
    const { ofCharacter, byInitial } = this.sounding.classes;
    for (let token = 0; token < depth; token++) {
      const sound = this.sounds[from + token] as number;
      const code = codes[this.starts[token] as number] as number;
      const how = this.how[token];
      if (how === written.character && !includes(ofCharacter[code] as number, sound)) return false;
      if (how === written.syllable && this.syllable[token] !== sound) return false;
      if (how === written.initial && !byInitial[code]?.includes(sound)) return false;
    }
    return true;
  }

  /** Beside letters that only hint at it, a character has to be the word's own. */
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
    let initials = false;
    for (let token = 0; token < depth; token++) if (this.how[token] === written.initial) initials = true;
    return initials ? !cutsRun(stream, start, end) : endsAllow(stream, start, end - 1);
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
      if (from < start || to > end || !this.sounding.ordinary.hasLatin(stream.codes, from, to)) return false;
      ordinary = true;
    }
    return ordinary;
  }
}

/** Whether a word may begin with the characters from start on, of which the first Latin letter is no nearer than the third. */
function canBegin({ codes }: CharacterStream, parts: Uint8Array, start: number, at: number): boolean {
  // Beyond a run of sixteen letters there are letters before the run as well.
  if (isLetter(codes[start] as number) || isLetter(codes[start + 1] as number)) return true;
  if (((parts[start] as number) & part.firstSounds) === 0) return false;
  return (
    start + 2 === at || isLetter(codes[start + 2] as number) || ((parts[start + 1] as number) & part.laterSounds) !== 0
  );
}

/** Whether Latin letters or digits go on before or after start..end, where initials cannot end. */
function cutsRun({ codes, gap, count }: CharacterStream, start: number, end: number): boolean {
  const goesOn = (inside: number, outside: number) =>
    outside >= 0 &&
    outside < count &&
    isLatin(codes[outside] as number) &&
    isLetter(codes[inside] as number) &&
    visible(gap[Math.max(inside, outside)] ?? 0) === 0;
  return goesOn(start, start - 1) || goesOn(end - 1, end);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function includes(packed: number, sound: number): boolean {
  for (let rest = packed; rest > 0; rest >>>= 10) if ((rest & 1023) === sound) return true;
  return false;
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
