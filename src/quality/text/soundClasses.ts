import { type Characters, readingsOf } from './characters.ts';

/**
 * Toneless syllables in fuzzy classes: zh/z, ch/c, sh/s, n/l, ng/n and f/h are one. Letters 1..classes are syllables, those above
 * are Latin letters and digits standing for themselves.
 */
export interface SoundClasses {
  readonly letters: number;
  /** Up to three letters of a character, ten bits each, without repeats; 0 for none. */
  readonly ofCharacter: Uint32Array;
  /** Syllables as typed, `zhuang`, and their class. */
  readonly ofSyllable: ReadonlyMap<string, number>;
  /** For each class the Latin letters that a syllable of it begins with, as bits: 1 for a. */
  readonly begins: Uint32Array;
  /** For each letter the one of the tree of initials. */
  readonly initials: Uint8Array;
}

/** Initials are numbered too: 26 that a sound begins with, then 36 that stand for themselves. */
export const initialNumbers = 62;

/** The initial that a sound written with this Latin letter begins with: n and l, f and h are one. */
export function initialOf(code: number): number {
  return (code === 110 ? 108 : code === 102 ? 104 : code) - 96;
}

/** The letter of a Latin letter or digit that stands for itself. */
export function literalOf(code: number): number {
  return code < 58 ? code - 48 + 27 : code - 97 + 37;
}

const fuzzy: readonly (readonly [RegExp, string])[] = [
  [/^([zcs])h/, '$1'],
  [/^n/, 'l'],
  [/^f/, 'h'],
  [/ng$/, 'n'],
];

/** How near the sounds of two characters of one class are; pairs of syllables are worked out once. */
export class NearSyllables {
  private readonly known = new Map<number, boolean>();
  private readonly syllables: readonly string[];

  constructor(syllables: readonly string[]) {
    this.syllables = syllables;
  }

  /**
   * Whether they have a reading in common, or one of the fuzzy rules lies between their usual ones. Both are packed readings of a
   * character: up to three, ten bits each, the usual one first.
   */
  any(readings: number, others: number): boolean {
    return this.same(readings, others) || this.near((readings & 1023) - 1, (others & 1023) - 1);
  }

  /** Whether they have a reading in common. */
  same(readings: number, others: number): boolean {
    for (let a = readings; a > 0; a >>>= 10)
      for (let b = others; b > 0; b >>>= 10) if ((a & 1023) === (b & 1023)) return true;
    return false;
  }

  private near(one: number, other: number): boolean {
    const key = one * 1024 + other;
    let near = this.known.get(key);
    if (near === undefined) {
      near = fuzzySteps(this.syllables[one] ?? '', this.syllables[other] ?? '') < 2;
      this.known.set(key, near);
    }
    return near;
  }
}

function fuzzySteps(one: string, other: string): number {
  let steps = 0;
  let [a, b] = [one, other];
  for (const [from, to] of fuzzy) {
    const [nextA, nextB] = [a.replace(from, to), b.replace(from, to)];
    if ((nextA === a) !== (nextB === b)) steps++;
    [a, b] = [nextA, nextB];
  }
  return a === b ? steps : Number.POSITIVE_INFINITY;
}

/** Ways to type a syllable: lv is also lu and lyu. */
export function typings(syllable: string): string[] {
  return [syllable, syllable.replace('v', 'u'), syllable.replace('v', 'yu')];
}

export function soundClasses(characters: Characters): SoundClasses {
  const numbers = new Map<string, number>();
  const ofSyllable = new Map<string, number>();
  const begins = new Uint32Array(characters.syllables.length + 37);
  for (const syllable of characters.syllables) {
    const name = fuzzy.reduce((text, [from, to]) => text.replace(from, to), syllable);
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    for (const typed of typings(syllable))
      if (typed === syllable || !characters.syllables.includes(typed)) ofSyllable.set(typed, number);
    const initial = syllable.charCodeAt(0) - 97;
    if (initial >= 0 && initial < 26) begins[number] = (begins[number] as number) | (1 << initial);
  }
  const classes = characters.syllables.map((syllable) => ofSyllable.get(syllable) ?? 0);
  const ofCharacter = classTable(characters, classes);
  const initials = new Uint8Array(numbers.size + 37);
  for (const [name, number] of numbers) initials[number] = initialOf(name.charCodeAt(0));
  const latin = '0123456789abcdefghijklmnopqrstuvwxyz';
  for (let i = 0; i < latin.length; i++) {
    ofCharacter[latin.charCodeAt(i)] = numbers.size + 1 + i;
    initials[numbers.size + 1 + i] = literalOf(latin.charCodeAt(i));
  }
  return {
    letters: numbers.size + latin.length,
    ofCharacter,
    ofSyllable,
    begins,
    initials,
  };
}

function classTable(characters: Characters, classes: readonly number[]): Uint32Array {
  const table = new Uint32Array(0x10000);
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const found: number[] = [];
    for (let rest = readingsOf(characters, code); rest > 0; rest >>>= 10) {
      const number = classes[(rest & 1023) - 1] ?? 0;
      if (!found.includes(number)) found.push(number);
    }
    table[code] = found.reduce((packed, number, place) => packed | (number << (10 * place)), 0);
  }
  return table;
}
