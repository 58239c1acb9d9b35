import { type Automaton, buildAutomaton } from './automaton.ts';
import { type Characters, readingsOf } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import { endsAllow, gapsAllow } from './gaps.ts';
import type { Hits } from './hits.ts';
import { LatinSounds } from './latinSounds.ts';
import type { ListEntry } from './listEntries.ts';
import type { OrdinaryText } from './ordinary.ts';
import { NearSyllables, soundClasses } from './soundClasses.ts';

/** A character with several readings lets several states live; more than this many add nothing but time. */
const statesAtOnce = 8;
/** Readings of one word: 行 in a word of four characters may have two, all four together no more than this. */
const readingsOfWord = 16;

/** Finds words by their sound: 威信 and, with Latin letters, weixin, wei信, 微x. */
export class SoundMatcher {
  private readonly automaton: Automaton;
  /** Letters of the automaton for a code unit: up to three, ten bits each. */
  private readonly sounds: Uint32Array;
  private readonly entries: readonly ListEntry[];
  private readonly entryOf: Int32Array;
  private readonly ordinary: OrdinaryText;
  private readonly latin: LatinSounds;
  private readonly characters: Characters;
  private readonly near: NearSyllables;
  private states = new Int32Array(statesAtOnce);
  private nextStates = new Int32Array(statesAtOnce);

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
    this.automaton = buildAutomaton(patterns, classes.letters);
    this.latin = new LatinSounds(this.automaton, classes, this.entryOf, entries, ordinary);
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

  match(stream: CharacterStream, hasLatin: boolean, hits: Hits): void {
    const { base, check, fail, ends } = this.automaton;
    const { sounds } = this;
    const { codes, count } = stream;
    // While every character has one reading one state suffices; `live` counts the states in `this.states` otherwise.
    let state = 0;
    let live = 0;
    for (let at = 0; at < count; at++) {
      const said = sounds[codes[at] as number] as number;
      if (said === 0) {
        state = 0;
        live = 0;
        continue;
      }
      if (live === 0 && said < 1024) {
        let next = (base[state] as number) + said;
        while (check[next] !== state && state !== 0) {
          state = fail[state] as number;
          next = (base[state] as number) + said;
        }
        state = check[next] === state ? next : 0;
        if (ends[state] !== 0) this.report(stream, at, state, hits);
        continue;
      }
      if (live === 0) {
        this.states[0] = state;
        live = 1;
      }
      live = this.step(live, said);
      for (let i = 0; i < live; i++) {
        const one = this.states[i] as number;
        if (ends[one] !== 0) this.report(stream, at, one, hits);
      }
      if (live <= 1) {
        state = live === 1 ? (this.states[0] as number) : 0;
        live = 0;
      }
    }
    if (hasLatin) this.latin.match(stream, hits);
  }

  /** Every state on by every reading; the root is kept only when nothing else lives, and then as no state at all. */
  private step(live: number, said: number): number {
    const { base, check, fail } = this.automaton;
    const { states, nextStates } = this;
    let count = 0;
    for (let rest = said; rest > 0; rest >>>= 10) {
      const letter = rest & 1023;
      for (let i = 0; i < live; i++) {
        let state = states[i] as number;
        let next = (base[state] as number) + letter;
        while (check[next] !== state && state !== 0) {
          state = fail[state] as number;
          next = (base[state] as number) + letter;
        }
        if (check[next] !== state || count === statesAtOnce) continue;
        let known = false;
        for (let k = 0; k < count; k++) if (nextStates[k] === next) known = true;
        if (!known) nextStates[count++] = next;
      }
    }
    this.states = nextStates;
    this.nextStates = states;
    return count;
  }

  private report(stream: CharacterStream, at: number, state: number, hits: Hits): void {
    const { ends, endsNext, first, next } = this.automaton;
    for (let end = ends[state] as number; end !== 0; end = endsNext[end] as number)
      for (let pattern = first[end] as number; pattern !== -1; pattern = next[pattern] as number)
        this.check(stream, at, this.entryOf[pattern] as number, hits);
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
    if (this.isOrdinary(stream, i, characters)) return;
    hits.add(entry, stream.from[i] as number, stream.to[j] as number, 'homophone');
  }

  /** In a word of two one fuzzy step is enough: 坊 is fang, 行 is hang, but neither fan nor han. */
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

  private isOwn(codes: Uint16Array, from: number, to: number, word: string): boolean {
    for (let at = from; at < to; at++) if (codes[at] !== word.charCodeAt(at - from)) return false;
    return true;
  }
}

/** They end a sentence behind anything. */
const particles = new Set([...'吗吧呢啊呀了的么嘛哦喔啦呗'].map((one) => one.charCodeAt(0)));
