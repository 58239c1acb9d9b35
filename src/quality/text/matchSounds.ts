import { type Characters, readingsOf } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow, visible } from './gaps.ts';
import type { Hits } from './hits.ts';
import { LatinSounds } from './latinSounds.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import { SortedPatterns } from './sortedPatterns.ts';
import { NearSyllables, type SoundClasses } from './soundClasses.ts';
import { SoundStarts } from './soundStarts.ts';
import type { WordStarts } from './wordStarts.ts';

/** Readings of one word: 行 in a word of four characters may have two, all four together no more than this. */
const readingsOfWord = 16;

interface Sounds {
  readonly characters: Characters;
  readonly classes: SoundClasses;
  readonly ordinary: OrdinaryText;
}

/** Finds words by their sound: 威信 and, with Latin letters, weixin, wei信, 微x. */
export class SoundMatcher {
  private readonly patterns: SortedPatterns;
  /** The characters of each pattern's word, where the pattern has its letters. */
  private readonly words: Uint16Array;
  private readonly starts: SoundStarts;
  /** Letters of the automaton for a code unit: up to three, ten bits each. */
  private readonly sounds: Uint32Array;
  private readonly entries: readonly ListEntry[];
  private readonly entryOf: Int32Array;
  private readonly ordinary: OrdinaryText;
  private readonly latin: LatinSounds;
  private readonly characters: Characters;
  private readonly near: NearSyllables;

  /** Tells `starts` where sounds of words begin. */
  constructor(entries: readonly ListEntry[], { characters, classes, ordinary }: Sounds, starts: WordStarts) {
    this.entries = entries;
    this.characters = characters;
    this.near = new NearSyllables(characters.syllables);
    this.ordinary = ordinary;
    this.sounds = classes.ofCharacter;
    const patterns: string[] = [];
    const entryOf: number[] = [];
    entries.forEach(({ listed, characters: word }, entry) => {
      if (!listed.homophones || word.length < 2 || !/[\u4e00-\u9fff]/.test(word)) return;
      for (const pattern of this.readings(word)) {
        patterns.push(pattern);
        starts.addSounds(pattern);
        entryOf.push(entry);
      }
    });
    this.entryOf = Int32Array.from(entryOf);
    const wordOf = (pattern: number) => (entries[entryOf[pattern] as number] as ListEntry).characters;
    this.patterns = new SortedPatterns(patterns);
    this.words = new Uint16Array(this.patterns.letters.length);
    let to = 0;
    for (const pattern of this.patterns.order) {
      const word = wordOf(pattern);
      for (let i = 0; i < word.length; i++) this.words[to++] = word.charCodeAt(i);
    }
    this.starts = new SoundStarts(patterns, this.patterns, wordOf, classes.letters);
    this.latin = new LatinSounds({
      ...{ patterns, entryOf: this.entryOf, entries, classes },
      ...{ characters, ordinary, starts: this.starts },
    });
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

  /** Looks at the places that `places`, which has read the stream, names. */
  match(text: string, stream: CharacterStream, hasLatin: boolean, places: WordStarts, hits: Hits): void {
    const { short, long } = places;
    for (let i = 0; i < short.count; i++) this.beginShort(stream, short.at[i] as number, hits);
    for (let i = 0; i < long.count; i++) this.begin(stream, long.at[i] as number, 3, hits);
    if (hasLatin) this.latin.match(text, stream, hits);
  }

  private beginShort(stream: CharacterStream, at: number, hits: Hits): void {
    if (at + 1 === stream.count) return;
    const { starts, sounds, ordinary } = this;
    const one = stream.codes[at] as number;
    const two = stream.codes[at + 1] as number;
    if (!starts.soundsAlike(one, sounds[one] as number, two, sounds[two] as number)) return;
    if (!ordinary.hasPair(one, two)) this.begin(stream, at, 2, hits);
  }

  /** Follows the patterns of two sounds, or of three and more, that begin at a place. */
  private begin(stream: CharacterStream, at: number, agreed: 2 | 3, hits: Hits): void {
    const { patterns, sounds } = this;
    const { codes } = stream;
    const third = agreed === 3 ? (sounds[codes[at + 2] as number] as number) : 0;
    for (let a = sounds[codes[at] as number] as number; a > 0; a >>>= 10)
      for (let b = sounds[codes[at + 1] as number] as number; b > 0; b >>>= 10) {
        let c = third;
        do {
          const from = patterns.find(a & 1023, b & 1023, c & 1023);
          if (from < patterns.end) this.follow(stream, at, agreed, from, hits);
          c >>>= 10;
        } while (c > 0);
      }
  }

  /** Every pattern that the sounds from `at` on go through; never deeper than the longest word. */
  private follow(stream: CharacterStream, start: number, agreed: number, first: number, hits: Hits): void {
    const { patterns, sounds } = this;
    const to = patterns.end;
    let from = first;
    for (; from < to && patterns.lengthOf(from) === agreed; from++) this.check(stream, start, from, hits);
    if (from === to || start + agreed >= stream.count) return;
    for (let rest = sounds[stream.codes[start + agreed] as number] as number; rest > 0; rest >>>= 10)
      this.follow(stream, start, agreed + 1, patterns.narrow(from, to, agreed, rest & 1023), hits);
  }

  private check(stream: CharacterStream, i: number, place: number, hits: Hits): void {
    const { patterns, words } = this;
    const { codes } = stream;
    const start = patterns.starts[place] as number;
    const length = patterns.lengthOf(place);
    let same = 0;
    for (let k = 0; k < length; k++) if (codes[i + k] === words[start + k]) same++;
    // Written as listed it is the other matcher's; of two characters one has to be the word's own.
    if (same === length || (length === 2 && same === 0)) return;
    const entry = this.entryOf[patterns.order[place] as number] as number;
    const { characters } = this.entries[entry] as ListEntry;
    const j = i + length - 1;
    if (!gapsAllow(stream, i, j, 0) || !endsAllow(stream, i, j)) return;
    if (length === 2 && (!this.isNear(codes, i, characters) || this.isName(stream, i, characters))) return;
    if (same === 0 && length === 3 && !this.isSaidAlike(codes, i, characters)) return;
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

  /** A word of three none of whose characters is written as listed bears no doubt at all: 简史是 is no 讲事实. */
  private isSaidAlike(codes: Uint16Array, i: number, word: string): boolean {
    const { characters, near } = this;
    for (let k = 0; k < word.length; k++)
      if (!near.same(readingsOf(characters, word.charCodeAt(k)), readingsOf(characters, codes[i + k] as number)))
        return false;
    return true;
  }

  /** Whether the two characters at i are a person's name, or all of it but the surname: 王金平 names nobody's 金瓶. */
  private isName({ codes, gap }: CharacterStream, i: number, word: string): boolean {
    if (i > 0 && surnames.has(codes[i - 1] as number) && visible(gap[i] ?? 0) === 0) return true;
    return codes[i] !== word.charCodeAt(0) && surnames.has(codes[i] as number);
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

/** Frequent ones, without those that are everyday words as well: 黄, 高, 马, 周, 谢. */
const surnames = new Set(
  [
    ...'王李张刘陈杨赵吴徐孙朱胡郭罗梁宋郑韩唐冯董萧曹袁邓傅沈彭吕卢蒋蔡贾魏薛阎潘杜戴钟汪姜范姚谭廖邹郝崔邱秦侯邵孟龚严',
  ].map((one) => one.charCodeAt(0)),
);

/** They end a sentence behind anything, or ask: 人咋 is no 人渣. */
const particles = new Set([...'吗吧呢啊呀了的么嘛哦喔啦呗咋'].map((one) => one.charCodeAt(0)));
