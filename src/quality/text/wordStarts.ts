import { Sieve } from './sieve.ts';
import type { SoundClasses } from './soundClasses.ts';

/** Letters here are numbers below 512: classes of sounds, Latin letters and digits, and some that share what has no sound. */
const letterBits = 9;
const letterMask = 2 ** letterBits - 1;
const pairMask = 2 ** (2 * letterBits) - 1;
const tripleMask = 2 ** (3 * letterBits) - 1;
/** 128 kB of bits, of which 60,000 words set one in twenty. */
const tripleBits = 20;

/** What else a character is, above its letter: these are the numbers of the bits. */
const flag = { readings: 9, alone: 10, leftHalf: 11, rightHalf: 12 } as const;

/**
 * Of the characters with several readings these are three in five of all that people write in chats: words are listed under their
 * usual reading as well, so that only the others have to be looked at again.
 */
const common = '我什了天人没还大行东都地';

/** The first `count` of `at`. */
interface Places {
  at: Int32Array;
  count: number;
}

/**
 * Where in a text a listed word may begin, by its characters or by its sound. Every place is decided by two looks into tables small
 * enough for the cache, and places are written down before it is known whether they count: a branch that nobody can foretell costs
 * more than a look. A place may be named in vain; none is left out.
 */
export class WordStarts {
  /** Where a word of one or two characters may begin, and a longer one. */
  readonly short: Places = { at: new Int32Array(3 * 1024), count: 0 };
  readonly long: Places = { at: new Int32Array(3 * 1024), count: 0 };
  /** Whether the text read last may hold two halves of one character. */
  mayHoldHalves = false;
  /** Characters that can be read in more than one way; the letter is the usual one. */
  private readonly ambiguous: Places = { at: new Int32Array(3 * 1024), count: 0 };
  /** The usual letter of each character read last. */
  private said = new Uint16Array(1024);
  private readonly letters = new Uint16Array(0x10000);
  private readonly pairs = new Int32Array(2 ** (2 * letterBits - 5));
  private readonly triples = new Int32Array(2 ** (tripleBits - 5));
  private readonly halves = new Sieve(4096);
  private readonly common = new Map<number, readonly number[]>();
  private readonly sounds: Uint32Array;

  constructor({ ofCharacter, letters }: SoundClasses) {
    this.sounds = ofCharacter;
    const rest = letterMask - letters;
    for (let code = 0; code < 0x10000; code++) {
      const sound = ofCharacter[code] as number;
      this.letters[code] = sound & 1023 || letters + 1 + (code % rest);
      if (sound > 1023) this.mark(code, flag.readings);
    }
    for (let i = 0; i < common.length; i++) {
      const code = common.charCodeAt(i);
      this.letters[code] = this.letterOf(code);
      for (let rest = (ofCharacter[code] as number) >>> 10; rest > 0; rest >>>= 10)
        this.common.set(rest & 1023, [...this.writtenAs(rest & 1023), this.letterOf(code)]);
    }
  }

  /** A word that is found by its characters. */
  addCharacters(word: string): void {
    if (word.length === 1) this.mark(word.charCodeAt(0), flag.alone);
    else
      this.add(this.letterOf(word.charCodeAt(0)), this.letterOf(word.charCodeAt(1)), this.letterOf(word.charCodeAt(2)));
  }

  /** A word that is found by its sound, as letters of the sounds. */
  addSounds(pattern: string): void {
    for (const one of this.writtenAs(pattern.charCodeAt(0)))
      for (const two of this.writtenAs(pattern.charCodeAt(1)))
        for (const three of pattern.length > 2 ? this.writtenAs(pattern.charCodeAt(2)) : [0]) this.add(one, two, three);
  }

  /** The letter, and those of common characters that can be read as it. */
  private writtenAs(letter: number): readonly number[] {
    return this.common.get(letter) ?? [letter];
  }

  addHalves(left: number, right: number): void {
    this.mark(left, flag.leftHalf);
    this.mark(right, flag.rightHalf);
    this.halves.add(left, right, 0);
  }

  /** Whether the character is a word by itself. */
  isAlone(code: number): boolean {
    return (((this.letters[code] as number) >>> flag.alone) & 1) !== 0;
  }

  /** Finds the places in codes[0..count). */
  read(codes: Uint16Array, count: number): void {
    if (this.said.length <= codes.length) this.reserve(codes.length + 1);
    const { letters, pairs, triples, said } = this;
    const short = this.short.at;
    const long = this.long.at;
    const ambiguous = this.ambiguous.at;
    let shortCount = 0;
    let longCount = 0;
    let ambiguousCount = 0;
    let halves = 0;
    let before = 0;
    let key = 0;
    for (let at = 0; at < count; at++) {
      const here = letters[codes[at] as number] as number;
      key = ((key << letterBits) | (here & letterMask)) & tripleMask;
      said[at] = here & letterMask;
      const pair = key & pairMask;
      short[shortCount] = at - 1;
      shortCount += (((pairs[pair >>> 5] as number) >>> (pair & 31)) | (before >>> flag.alone)) & 1;
      const triple = placeOf(key);
      long[longCount] = at - 2;
      // The sign says whether there are three.
      longCount += ((triples[triple >>> 5] as number) >>> (triple & 31)) & ((1 - at) >>> 31);
      ambiguous[ambiguousCount] = at;
      ambiguousCount += (here >>> flag.readings) & 1;
      halves |= (before >>> flag.leftHalf) & (here >>> flag.rightHalf);
      before = here;
    }
    short[shortCount] = count - 1;
    this.short.count = shortCount + ((before >>> flag.alone) & 1);
    this.long.count = longCount;
    this.ambiguous.count = ambiguousCount;
    this.mayHoldHalves = (halves & 1) !== 0 && this.holdsHalves(codes, count);
    if (ambiguousCount > 0) this.readAgain(codes, count);
  }

  private holdsHalves(codes: Uint16Array, count: number): boolean {
    const { letters } = this;
    let before = 0;
    for (let at = 0; at < count; at++) {
      const here = letters[codes[at] as number] as number;
      if (((before >>> flag.leftHalf) & (here >>> flag.rightHalf) & 1) !== 0)
        if (this.halves.has(codes[at - 1] as number, codes[at] as number, 0)) return true;
      before = here;
    }
    return false;
  }

  /** Adds the places that only another reading than the usual one names. */
  private readAgain(codes: Uint16Array, count: number): void {
    const { ambiguous, said, sounds } = this;
    let from = 0;
    for (let i = 0; i < ambiguous.count; i++) {
      const at = ambiguous.at[i] as number;
      const next = i + 1 < ambiguous.count ? (ambiguous.at[i + 1] as number) : count;
      // Of neighbours that both have other readings each may be read in each way; such a place is the first one's.
      if (next <= at + 2 || (i > 0 && (ambiguous.at[i - 1] as number) >= at - 2)) {
        for (let start = Math.max(from, at - 2); start <= at && start + 1 < count; start++) {
          const three = start + 2 < count ? this.soundsOf(codes[start + 2] as number) : 0;
          this.readPlace(
            start,
            this.soundsOf(codes[start] as number),
            this.soundsOf(codes[start + 1] as number),
            three,
          );
        }
        from = at + 1;
        continue;
      }
      const one = at > 1 ? (said[at - 2] as number) : 0;
      const two = at > 0 ? (said[at - 1] as number) : 0;
      const four = at + 1 < count ? (said[at + 1] as number) : 0;
      const five = at + 2 < count ? (said[at + 2] as number) : 0;
      for (let rest = (sounds[codes[at] as number] as number) >>> 10; rest > 0; rest >>>= 10) {
        const three = rest & 1023;
        if (one !== 0 && this.begins(one, two, three)) this.addLong(at - 2);
        if (two !== 0 && four !== 0 && this.begins(two, three, four)) this.addLong(at - 1);
        if (five !== 0 && this.begins(three, four, five)) this.addLong(at);
        if (this.isWhole(two, three)) this.addShort(at - 1);
        if (this.isWhole(three, four)) this.addShort(at);
      }
    }
  }

  private readPlace(at: number, one: number, two: number, three: number): void {
    let isShort = false;
    let isLong = false;
    for (let a = one; a > 0; a >>>= 10)
      for (let b = two; b > 0; b >>>= 10) {
        if (this.isWhole(a & 1023, b & 1023)) isShort = true;
        for (let c = three; c > 0; c >>>= 10) if (this.begins(a & 1023, b & 1023, c & 1023)) isLong = true;
      }
    if (isShort) this.addShort(at);
    if (isLong) this.addLong(at);
  }

  /** Unless the usual reading has named it. */
  private addShort(at: number): void {
    const { said, short } = this;
    if (!this.isWhole(said[at] as number, said[at + 1] as number)) short.at[short.count++] = at;
  }

  private addLong(at: number): void {
    const { said, long } = this;
    if (!this.begins(said[at] as number, said[at + 1] as number, said[at + 2] as number)) long.at[long.count++] = at;
  }

  /** Whether a word may be the two letters; none is when one of them is 0. */
  private isWhole(one: number, two: number): boolean {
    const pair = (one << letterBits) | two;
    return (((this.pairs[pair >>> 5] as number) >>> (pair & 31)) & 1) !== 0;
  }

  private begins(one: number, two: number, three: number): boolean {
    const triple = placeOf((((one << letterBits) | two) << letterBits) | three);
    return (((this.triples[triple >>> 5] as number) >>> (triple & 31)) & 1) !== 0;
  }

  /** Up to three letters of a character, ten bits each, the usual one first. */
  private soundsOf(code: number): number {
    return (this.sounds[code] as number) || this.letterOf(code);
  }

  /** 0 for NaN, the code behind a word's end. */
  private letterOf(code: number): number {
    return (this.letters[code] ?? 0) & letterMask;
  }

  private mark(code: number, bit: number): void {
    this.letters[code] = (this.letters[code] as number) | (1 << bit);
  }

  /** The beginning of a word; `three` is none when the word has no more than two letters. */
  private add(one: number, two: number, three: number): void {
    const pair = (one << letterBits) | two;
    const bits = three > 0 ? this.triples : this.pairs;
    const place = three > 0 ? placeOf((pair << letterBits) | three) : pair;
    bits[place >>> 5] = (bits[place >>> 5] as number) | (1 << (place & 31));
  }

  private reserve(size: number): void {
    this.said = new Uint16Array(size);
    // Two readings may name a place twice.
    for (const places of [this.short, this.long, this.ambiguous]) places.at = new Int32Array(3 * size);
  }
}

function placeOf(triple: number): number {
  return Math.imul(triple, 0x9e3779b1) >>> (32 - tripleBits);
}
