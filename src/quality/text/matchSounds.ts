import { buildTrie, sideBySide } from './automaton.ts';
import { type Characters, readingsOf } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow, visible } from './gaps.ts';
import type { Hits } from './hits.ts';
import { LatinSounds } from './latinSounds.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import { part } from './pairMemo.ts';
import { NearSyllables, soundClasses } from './soundClasses.ts';
import { SoundStarts } from './soundStarts.ts';

/** Readings of one word: 行 in a word of four characters may have two, all four together no more than this. */
const readingsOfWord = 16;

/** Finds words by their sound: 威信 and, with Latin letters, weixin, wei信, 微x. */
export class SoundMatcher {
  /** base, check and first of each state of the tree of sounds. */
  private readonly cells: Int32Array;
  private readonly nextPattern: Int32Array;
  private readonly starts: SoundStarts;
  /** Letters of the automaton for a code unit: up to three, ten bits each. */
  private readonly sounds: Uint32Array;
  private readonly entries: readonly ListEntry[];
  private readonly entryOf: Int32Array;
  private readonly ordinary: OrdinaryText;
  private readonly latin: LatinSounds;
  private readonly characters: Characters;
  private readonly near: NearSyllables;

  constructor(entries: readonly ListEntry[], characters: Characters, ordinary: OrdinaryText) {
    this.entries = entries;
    this.characters = characters;
    this.near = new NearSyllables(characters.syllables);
    this.ordinary = ordinary;
    const classes = soundClasses(characters);
    this.sounds = classes.ofCharacter;
    classes.ofLatin.forEach((letter, code) => {
      if (letter > 0) this.sounds[code] = letter;
    });
    const patterns: string[] = [];
    const entryOf: number[] = [];
    entries.forEach(({ listed, characters: word }, entry) => {
      if (!listed.homophones || word.length < 2 || !/[\u4e00-\u9fff]/.test(word)) return;
      for (const pattern of this.readings(word)) {
        patterns.push(pattern);
        entryOf.push(entry);
      }
    });
    this.entryOf = Int32Array.from(entryOf);
    const { base, check, first, next } = buildTrie(patterns, classes.letters);
    this.cells = sideBySide(base, check, first);
    this.nextPattern = next;
    const wordOf = (pattern: number) => (entries[entryOf[pattern] as number] as ListEntry).characters;
    this.starts = new SoundStarts(patterns, wordOf, classes.letters);
    this.latin = new LatinSounds({ patterns, entryOf: this.entryOf, entries, classes, ordinary });
  }

  /** Every way to say the word, the usual one first; none when one of its characters has no sound. */
  private readings(word: string): string[] {
    let said = [''];
    for (let i = 0; i < word.length && said.length > 0; i++) {
      const sound = this.sounds[word.charCodeAt(i)] ?? 0;
      const longer: string[] = [];
      for (let rest = sound; rest > 0; rest >>>= 10)
        for (const start of said)
          if (longer.length < readingsOfWord) longer.push(start + String.fromCharCode(rest & 1023));
      said = longer;
    }
    return said;
  }

  /** What the pair may be part of, as far as sounds go. */
  partsOf(code: number, next: number): number {
    const { starts, sounds } = this;
    const [said, then] = [sounds[code] as number, sounds[next] as number];
    if (this.ordinary.hasPair(code, next))
      return (
        (starts.beginsLong(said, then) ? part.firstSounds : 0) | (starts.goesOn(said, then) ? part.laterSounds : 0)
      );
    return (
      part.unusual |
      (starts.soundsAlike(code, said, next, then) ? part.soundsAlike : 0) |
      (starts.beginsLong(said, then) ? part.firstSounds : 0) |
      (starts.goesOn(said, then) ? part.laterSounds : 0)
    );
  }

  /** `parts` and `all` are what the memo knows of the stream's pairs. */
  match(stream: CharacterStream, hasLatin: boolean, parts: Uint8Array, all: number, hits: Hits): void {
    if ((all & (part.soundsAlike | part.firstSounds)) !== 0 && (all & part.unusual) !== 0)
      this.matchCharacters(stream, parts, hits);
    if (hasLatin) this.latin.match(stream, parts, hits);
  }

  /** From behind, so that it is known how far away the next unusual pair is: a match without one would be ordinary. */
  private matchCharacters(stream: CharacterStream, parts: Uint8Array, hits: Hits): void {
    const { sounds, starts } = this;
    const { codes, count } = stream;
    let unusual = count + starts.longest;
    for (let at = count - 2; at >= 0; at--) {
      const here = parts[at] as number;
      if ((here & part.unusual) !== 0) unusual = at;
      const long =
        (here & part.firstSounds) !== 0 &&
        unusual <= at + starts.longest - 2 &&
        ((parts[at + 1] as number) & part.laterSounds) !== 0 &&
        starts.hasTriple(
          sounds[codes[at] as number] as number,
          sounds[codes[at + 1] as number] as number,
          sounds[codes[at + 2] as number] as number,
        );
      if (long || (here & part.soundsAlike) !== 0) this.walk(stream, at, 0, hits);
    }
  }

  /** Every pattern that the sounds from `at` on go through; never deeper than the longest word. */
  private walk(stream: CharacterStream, at: number, state: number, hits: Hits): void {
    const { cells, nextPattern } = this;
    for (let pattern = cells[4 * state + 2] as number; pattern !== -1; pattern = nextPattern[pattern] as number)
      this.check(stream, at - 1, this.entryOf[pattern] as number, hits);
    if (at >= stream.count) return;
    const base = cells[4 * state] as number;
    for (let rest = this.sounds[stream.codes[at] as number] as number; rest > 0; rest >>>= 10) {
      const to = base + (rest & 1023);
      if (cells[4 * to + 1] === state) this.walk(stream, at + 1, to, hits);
    }
  }

  private check(stream: CharacterStream, j: number, entry: number, hits: Hits): void {
    const { characters } = this.entries[entry] as ListEntry;
    const { codes } = stream;
    const i = j - characters.length + 1;
    let same = 0;
    for (let at = i; at <= j; at++) if (codes[at] === characters.charCodeAt(at - i)) same++;
    // Written as listed it is the other matcher's; of two characters one has to be the word's own.
    if (same === characters.length || (characters.length === 2 && same === 0)) return;
    if (!gapsAllow(stream, i, j, 0) || !endsAllow(stream, i, j)) return;
    if (characters.length === 2 && !this.isNear(codes, i, characters)) return;
    if (this.isOrdinary(stream, i, characters) || this.isSeam(stream, i, characters)) return;
    hits.add(entry, stream.from[i] as number, stream.to[j] as number, 'homophone');
  }

  /**
   * A word of two bears one doubt: another reading than the usual one, or one fuzzy step. 坊 is fang and 行 may be hang; both at
   * once would make 油坊 of 油行.
   */
  private isNear(codes: Uint16Array, i: number, word: string): boolean {
    const at = codes[i] === word.charCodeAt(0) ? 1 : 0;
    const { characters } = this;
    return this.near.any(readingsOf(characters, word.charCodeAt(at)), readingsOf(characters, codes[i + at] as number));
  }

  /**
   * Whether the surface at i only sounds like the word: all its pairs occur in ordinary text, or all its characters are at home
   * beside their neighbours; of two characters the one that is not the word's own is enough, 手机|男 for 妓男.
   */
  private isOrdinary({ codes, count }: CharacterStream, i: number, word: string): boolean {
    const j = i + word.length - 1;
    if (this.ordinary.hasPairs(codes, i, j)) return true;
    if (word.length > 4) return false;
    // 解吗 is no 解码, and 大胸的 no 大胸弟.
    const last = codes[j] as number;
    if (word.length < 4 && particles.has(last) && this.isOwn(codes, i, j, word)) return true;
    for (let at = i; at <= j; at++) {
      const own = codes[at] === word.charCodeAt(at - i);
      if (own && word.length === 2) continue;
      if (!this.ordinary.isAtHome(codes, at, count)) return false;
    }
    return true;
  }

  /**
   * Whether the surface is where two ordinary words meet, 光影|魔术 for 淫魔: of all pairs in it and around it only one is unusual.
   * Where the text begins or ends beside it, the character that is not the word's own has to belong to the other side.
   */
  private isSeam(stream: CharacterStream, i: number, word: string): boolean {
    const { codes, gap, count } = stream;
    const j = i + word.length - 1;
    const left = i > 0 && visible(gap[i] ?? 0) === 0;
    const right = j + 1 < count && visible(gap[j + 1] ?? 0) === 0;
    if (!left && !(right && codes[j] !== word.charCodeAt(word.length - 1))) return false;
    if (!right && !(left && codes[i] !== word.charCodeAt(0))) return false;
    let unusual = 0;
    for (let at = left ? i - 1 : i; at < (right ? j + 1 : j); at++)
      if (!this.ordinary.hasPairs(codes, at, at + 1)) unusual++;
    return unusual < 2;
  }

  private isOwn(codes: Uint16Array, from: number, to: number, word: string): boolean {
    for (let at = from; at < to; at++) if (codes[at] !== word.charCodeAt(at - from)) return false;
    return true;
  }
}

/** They end a sentence behind anything. */
const particles = new Set([...'吗吧呢啊呀了的么嘛哦喔啦呗'].map((one) => one.charCodeAt(0)));
