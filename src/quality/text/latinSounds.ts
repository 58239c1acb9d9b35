import { type Characters, kind, readingsOf } from './characters.ts';
import { CharacterStream } from './foldText.ts';
import { endsAllow, visible, wordAllows } from './gaps.ts';
import { Hits } from './hits.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import { PairSet } from './pairSet.ts';
import { Sieve } from './sieve.ts';
import { SortedPatterns } from './sortedPatterns.ts';
import { initialNumbers, initialOf, literalOf, type SoundClasses, typings } from './soundClasses.ts';
import type { SoundStarts } from './soundStarts.ts';

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
  readonly characters: Characters;
  readonly ordinary: OrdinaryText;
  /** Where the patterns begin, as sounds. */
  readonly starts: SoundStarts;
}

/**
 * Finds words written wholly or partly in Latin letters: syllables (weixin, wei信), initials (wx, 微x) and mixtures. Whatever a
 * token is, it has an initial: follows the words' initials from every place near Latin letters, and looks closer at the words that
 * end there. Needs no more than `stepsEach` steps for a character.
 */
export class LatinSounds {
  /** The words as the initials of their sounds. */
  private readonly patterns: SortedPatterns;
  private readonly sounding: Sounding;
  /** Sounds and characters of each word, where its pattern has the initials; and its entry, by the pattern's place. */
  private readonly sounds: Uint16Array;
  private readonly words: Uint16Array;
  private readonly entryOf: Int32Array;
  /** Sound letters of syllables as typed; 0 for what one begins with. */
  private readonly syllables = new Map<number, number>();
  /** A character of a word beside the initial of its neighbour, among the word's first two; by which of them it is. */
  private readonly beside: Sieve;
  /** The same of words of two. */
  private readonly besideLast: Sieve;
  /** Of each token so far: where it starts, how it was written, what it begins with, and the sounds it may have, 0 for unknown. */
  private readonly starts = new Int32Array(64);
  private readonly how = new Uint8Array(64);
  private readonly initials = new Uint8Array(64);
  private readonly said = new Uint32Array(64);
  /** What stands between the tokens up to this one, or'ed. */
  private readonly between = new Uint8Array(64);
  /** The first two initials of the patterns; and two sounds with the third initial. */
  private readonly pairs = new PairSet(initialNumbers);
  private readonly thirds: Sieve;
  /** What is looked at now. */
  private text = '';
  private stream = new CharacterStream();
  private hits = new Hits([]);
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
    this.patterns = new SortedPatterns(initials);
    const { order } = this.patterns;
    this.entryOf = order.map((pattern) => sounding.entryOf[pattern] as number);
    this.sounds = new Uint16Array(this.patterns.letters.length);
    this.words = new Uint16Array(this.patterns.letters.length);
    this.beside = new Sieve(2 * order.length);
    this.besideLast = new Sieve(2 * patterns.reduce((sum, { length }) => sum + (length === 2 ? 1 : 0), 0));
    this.thirds = new Sieve(order.length);
    let to = 0;
    order.forEach((pattern, place) => {
      const word = (sounding.entries[this.entryOf[place] as number] as ListEntry).characters;
      const [one, two] = [initials[pattern]?.charCodeAt(0) as number, initials[pattern]?.charCodeAt(1) as number];
      for (const sieve of word.length === 2 ? [this.beside, this.besideLast] : [this.beside]) {
        sieve.add(word.charCodeAt(0), two, 0);
        sieve.add(word.charCodeAt(1), one, 1);
      }
      const sounds = patterns[pattern] as string;
      this.pairs.add(one, two);
      if (sounds.length > 2)
        this.thirds.add(sounds.charCodeAt(0), sounds.charCodeAt(1), initials[pattern]?.charCodeAt(2) as number);
      for (let k = 0; k < sounds.length; k++) {
        this.words[to] = word.charCodeAt(k);
        this.sounds[to++] = sounds.charCodeAt(k);
      }
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

  match(text: string, stream: CharacterStream, hits: Hits): void {
    this.text = text;
    this.stream = stream;
    this.hits = hits;
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
        for (start = Math.max(start, firstStart(stream, at)); start <= at; start++)
          if (this.mayBegin(start, at)) this.walk(start, 0, 0, 0);
        // Inside the run only long pinyin may begin: six letters and more.
        for (; start + 6 <= run.to; start++) {
          this.runLength = longestInitials + 1;
          this.walk(start, 0, 0, 0);
        }
      }
      at = Math.max(at, run.to - 1);
      start = Math.max(start, at + 1 - reachBack);
    }
  }

  /** Whether a word may begin at `start`, of which the first Latin letter is at `at`: most places are passed over by this. */
  private mayBegin(start: number, at: number): boolean {
    const { codes } = this.stream;
    const { starts, classes } = this.sounding;
    if (start + 1 >= at) return this.runLength > 1 || this.mayBeginPair(start, at);
    // Beyond a run of sixteen letters there are letters before the run as well.
    if (isLetter(codes[start] as number) || isLetter(codes[start + 1] as number)) return true;
    const { ofCharacter } = classes;
    const one = ofCharacter[codes[start] as number] as number;
    const two = ofCharacter[codes[start + 1] as number] as number;
    const third = codes[start + 2] as number;
    if (!starts.beginsLong(one, two)) return false;
    if (!isLetter(third)) {
      const three = ofCharacter[third] as number;
      return starts.goesOn(two, three) && starts.hasTriple(one, two, three);
    }
    for (let a = one; a > 0; a >>>= 10)
      for (let b = two; b > 0; b >>>= 10)
        if (
          this.thirds.has(a & 1023, b & 1023, initialOf(third)) ||
          this.thirds.has(a & 1023, b & 1023, literalOf(third))
        )
          return true;
    return false;
  }

  /** The same where the letter at `at` stands alone: its first two tokens are it and a neighbour. */
  private mayBeginPair(start: number, at: number): boolean {
    const { codes, count } = this.stream;
    const { starts, classes } = this.sounding;
    const letter = codes[at] as number;
    const other = start < at ? start : at + 1;
    if (other === count) return false;
    // Letters with something between them may be a syllable together; some are one by themselves.
    if (isLetter(codes[other] as number) || (at + 1 < count && isLetter(codes[at + 1] as number))) return true;
    if ((this.syllables.get(letter - 96) ?? 0) !== 0) return true;
    const said = classes.ofCharacter[codes[start] as number] as number;
    const then = classes.ofCharacter[codes[start + 1] as number] as number;
    return (
      this.beside.has(codes[other] as number, initialOf(letter), start < at ? 0 : 1) ||
      starts.beginsLong(said, then) ||
      starts.isWhole(said, then)
    );
  }

  /**
   * Every token that may come next at place `at`. `first`..`end` are the places of the patterns that begin with the tokens so far
   * and go on, once there are three.
   */
  private walk(at: number, depth: number, from: number, end: number): void {
    if (at >= this.stream.count || depth >= 63 || --this.steps < 0) return;
    const { codes, count } = this.stream;
    const code = codes[at] as number;
    const { classes } = this.sounding;
    const said = classes.ofCharacter[code] as number;
    this.starts[depth] = at;
    if (!isLetter(code)) {
      let done = 0;
      for (let rest = said; rest > 0; rest >>>= 10) {
        const initial = classes.initials[rest & 1023] as number;
        if (initial !== done) this.go(at + 1, depth, written.character, initial, said, from, end);
        done = initial;
      }
      return;
    }
    const own = initialOf(code);
    this.go(at + 1, depth, written.letter, literalOf(code), said, from, end);
    if (this.runLength <= longestInitials) {
      this.go(at + 1, depth, written.initial, own, 0, from, end);
      if (at + 1 < count && codes[at + 1] === 104 && (code === 122 || code === 99 || code === 115))
        this.go(at + 2, depth, written.initial, own, 0, from, end);
    }
    let key = 0;
    for (let to = at; to < at + 6 && to < count; to++) {
      const letter = codes[to] as number;
      if (!isLetter(letter)) break;
      key = key * 32 + letter - 96;
      const syllable = this.syllables.get(key);
      if (syllable === undefined) break;
      if (syllable !== 0) this.go(to + 1, depth, written.syllable, own, syllable, from, end);
    }
  }

  /** Takes what ends before `to` for the token at `depth`: reports the words that end with it, and goes on with those that do not. */
  private go(to: number, depth: number, how: number, initial: number, said: number, first: number, end: number): void {
    const { patterns, initials } = this;
    this.how[depth] = how;
    initials[depth] = initial;
    this.said[depth] = said;
    if (depth > 0) {
      const between = (this.between[depth - 1] as number) | betweenAs(this.stream, this.starts[depth] as number);
      if (between === apart.never) return;
      this.between[depth] = between;
    }
    if (depth === 0) this.walk(to, 1, 0, 0);
    else if (depth === 1) this.goPair(to);
    else {
      if (depth === 2 && !this.threeBegin()) return;
      const start =
        depth === 2
          ? patterns.find(initials[0] as number, initials[1] as number, initial)
          : patterns.narrow(first, end, depth, initial);
      const stop = patterns.end;
      let longer = start;
      while (longer < stop && patterns.lengthOf(longer) === depth + 1) longer++;
      if (longer > start && this.mayEnd(to, depth + 1)) this.report(to, start, longer, depth + 1);
      if (longer < stop) this.walk(to, depth + 1, longer, stop);
    }
  }

  /** The same for two tokens, of which much is known before any pattern is looked at. */
  private goPair(to: number): void {
    const { patterns, initials } = this;
    const { starts } = this.sounding;
    const one = initials[0] as number;
    const two = initials[1] as number;
    if (!this.pairs.has(one, two)) return;
    const said = this.said[0] as number;
    const then = this.said[1] as number;
    const known = said !== 0 && then !== 0;
    if (this.mayEnd(to, 2) && (!known || starts.isWhole(said, then)) && this.standBeside(this.besideLast)) {
      const whole = patterns.find(one, two, 0);
      this.report(to, whole, patterns.end, 2);
    }
    // Beside an initial a character has to be the word's own, however long the word is.
    if (known ? starts.beginsLong(said, then) : this.standBeside(this.beside)) this.walk(to, 2, 0, 0);
  }

  /** Whether a word may begin with the first three tokens, as far as their sounds are known. */
  private threeBegin(): boolean {
    const { starts } = this.sounding;
    const one = this.said[0] as number;
    const two = this.said[1] as number;
    const three = this.said[2] as number;
    if (two === 0 || three === 0) return true;
    return starts.goesOn(two, three) && (one === 0 || starts.hasTriple(one, two, three));
  }

  /** Whether of the first two tokens the one that is a character is a word's own beside what the other begins with. */
  private standBeside(sieve: Sieve): boolean {
    const { how, initials, starts } = this;
    const first = how[0] === written.character;
    if (first === (how[1] === written.character)) return true;
    const { codes } = this.stream;
    return first
      ? sieve.has(codes[starts[0] as number] as number, initials[1] as number, 0)
      : sieve.has(codes[starts[1] as number] as number, initials[0] as number, 1);
  }

  /** Whether a word of so many tokens may end before a place, whichever it is. */
  private mayEnd(end: number, depth: number): boolean {
    let pinyin = 0;
    let initials = 0;
    for (let token = 0; token < depth; token++) {
      if (this.how[token] === written.syllable) pinyin++;
      else if (this.how[token] === written.initial) initials++;
    }
    // Two letters alone may be any abbreviation: wx is an alias.
    if (pinyin + initials === 0 || (depth === 2 && end - (this.starts[0] as number) === 2 && pinyin + initials === 2))
      return false;
    return initials === 0 || !cutsRun(this.stream, this.starts[0] as number, end);
  }

  /** Of the patterns in these places, whose initials are those of the tokens, reports the ones that can be read as the tokens. */
  private report(end: number, from: number, to: number, depth: number): void {
    const { stream, hits } = this;
    const start = this.starts[0] as number;
    const goesOn = cutsRun(stream, start, end);
    let standing = false;
    for (let place = from; place < to; place++) {
      if (!this.reads(this.patterns.starts[place] as number, depth)) continue;
      if (goesOn && !this.readsExactly(this.patterns.starts[place] as number, end, depth)) continue;
      if (!standing && !this.stands(stream, start, end, depth)) return;
      standing = true;
      hits.add(this.entryOf[place] as number, stream.from[start] as number, stream.to[end - 1] as number, 'homophone');
    }
  }

  /**
   * Whether the tokens, whose initials are the pattern's, can be read as the sounds of the word that begins at `from`. Beside
   * letters that only hint at it, a character has to be the word's own.
   */
  private reads(from: number, depth: number): boolean {
    const { sounds, words, how, said, starts } = this;
    const { codes } = this.stream;
    const { begins } = this.sounding.classes;
    let own = 0;
    let other = 0;
    let initials = 0;
    for (let token = 0; token < depth; token++) {
      const sound = sounds[from + token] as number;
      const code = codes[starts[token] as number] as number;
      switch (how[token]) {
        case written.character:
          if (code === words[from + token]) own++;
          else if (includes(said[token] as number, sound)) other++;
          else return false;
          break;
        case written.syllable:
          if (said[token] !== sound) return false;
          break;
        case written.initial:
          if ((((begins[sound] as number) >>> (code - 97)) & 1) === 0) return false;
          initials++;
      }
    }
    return other === 0 || (depth > 2 ? own > 0 || initials === 0 : false);
  }

  /**
   * Whether every syllable is the word's own, with no fuzzy step: inside a longer run of letters, zhengji is part of a name and not
   * 震级.
   */
  private readsExactly(from: number, end: number, depth: number): boolean {
    const { characters } = this.sounding;
    for (let token = 0; token < depth; token++) {
      if (this.how[token] !== written.syllable) continue;
      const to = token + 1 < depth ? (this.starts[token + 1] as number) : end;
      const typed = String.fromCharCode(...this.stream.codes.subarray(this.starts[token], to));
      let own = false;
      for (let rest = readingsOf(characters, this.words[from + token] as number); rest > 0; rest >>>= 10)
        if (typings(characters.syllables[(rest & 1023) - 1] ?? '').includes(typed)) own = true;
      if (!own) return false;
    }
    return true;
  }

  private stands(stream: CharacterStream, start: number, end: number, depth: number): boolean {
    return (
      this.boundariesAllow(stream, start, end, depth) &&
      this.spacingAllows(stream, start, end, depth) &&
      !this.isAbbreviation(start, end, depth) &&
      !this.isOrdinary(stream, start, end, depth)
    );
  }

  /**
   * Three letters behind a capital are the name of something, as NBA and Scp are, and so is one capital beside a character, as in
   * 一级B证: whoever hides so short a word behind initials writes them small.
   */
  private isAbbreviation(start: number, end: number, depth: number): boolean {
    if (end - start !== depth || depth > 3) return false;
    const isCapitalAt = (token: number) => isCapital(this.text.charCodeAt(this.stream.from[start + token] as number));
    if (depth === 2) return [0, 1].some((token) => this.how[token] === written.initial && isCapitalAt(token));
    for (let token = 0; token < 3; token++) if (this.how[token] === written.character) return false;
    return isCapitalAt(0);
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

/** What stands between neighbours: nothing, something that ends a sentence or a word. Both in one word are never read. */
const apart = { nowhere: 1, hard: 2, never: 3 } as const;

function betweenAs({ gap }: CharacterStream, at: number): number {
  const here = visible(gap[at] ?? 0);
  return here === 0 ? apart.nowhere : here === kind.symbol ? 0 : apart.hard;
}

/** The first place where a word may begin that reaches the letter at `at`. */
function firstStart(stream: CharacterStream, at: number): number {
  let between = 0;
  let start = at;
  while (start > 0 && at - start < reachBack) {
    between |= betweenAs(stream, start);
    // Letters further back may be one syllable, whatever stands between them.
    if (between === apart.never && !isLetter(stream.codes[start - 1] as number)) break;
    start--;
  }
  return start;
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
  let from = at;
  let to = at + 1;
  while (from > 0 && at - from < 16 && isLetter(codes[from - 1] as number) && visible(gap[from] ?? 0) === 0) from--;
  while (to < count && to - at < 16 && isLetter(codes[to] as number) && visible(gap[to] ?? 0) === 0) to++;
  return { from, to };
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isLatin(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}
