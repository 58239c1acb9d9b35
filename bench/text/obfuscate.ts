import { Converter } from 'opencc-js';
import { splitCharacters } from '../../training/splitCharacters.ts';
import type { Sounds } from './gbSyllables.ts';

type Random = () => number;
/** A disguise of a word, or null where it cannot be disguised so. */
type Disguise = (word: readonly string[], random: Random) => string | null;

/** Ways to disguise a word, made from a table of sounds that the matcher has never seen. */
export function disguises({ syllableOf, charactersOf }: Sounds): Readonly<Record<string, Disguise>> {
  const toTraditional = Converter({ from: 'cn', to: 't' });
  const say = (one: string) => syllableOf.get(one) ?? '';
  const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)] as T;
  const alike = (one: string, syllable: string, random: Random) => {
    const others = (charactersOf.get(syllable) ?? []).filter((other) => other !== one);
    return others.length === 0 ? null : pick(others, random);
  };
  const replaceOne = (word: readonly string[], random: Random, replace: (one: string) => string | null) => {
    const start = Math.floor(random() * word.length);
    for (let i = 0; i < word.length; i++) {
      const at = (start + i) % word.length;
      const other = replace(word[at] as string);
      if (other !== null) return [...word.slice(0, at), other, ...word.slice(at + 1)].join('');
    }
    return null;
  };
  const joined = (word: readonly string[], between: () => string) =>
    word.map((one, i) => (i === 0 ? one : between() + one)).join('');
  const pinyin = (word: readonly string[]) => word.map(say);
  const mapLetters = (text: string, from: string, to: readonly string[]) =>
    [...text].map((one) => to[from.indexOf(one)] ?? one).join('');
  const latin = 'abcdefghijklmnopqrstuvwxyz';
  const halves = new Map(
    splitCharacters
      .trim()
      .split(/\s+/)
      .map((entry) => entry.split('=') as [string, string])
      .filter(([, parts]) => [...parts].length === 2),
  );
  return {
    traditional: (word) => {
      const text = toTraditional(word.join(''));
      return text === word.join('') ? null : text;
    },
    symbolsBetween: (word, random) => {
      const symbol = pick([...'*-_|/\\·.+=^~#@&丶'], random);
      return joined(word, () => symbol);
    },
    symbolOnce: (word, random) => {
      const at = 1 + Math.floor(random() * (word.length - 1));
      return word.slice(0, at).join('') + pick([...'*-_|/\\·+=^#@&'], random) + word.slice(at).join('');
    },
    blanksBetween: (word) => ` ${joined(word, () => ' ')} `,
    invisible: (word, random) => joined(word, () => pick(['\u200b', '\u200d', '\ufeff', '\u00ad', '\u2060'], random)),
    emojiBetween: (word, random) => joined(word, () => pick(['😂', '🙃', '✨', '💥', '👉🏻', '🫠'], random)),
    brackets: (word) => (word.length < 3 ? null : word.map((one) => `【${one}】`).join('')),
    struckOut: (word) => word.map((one) => `${one}\u0336`).join(''),
    homophoneOnce: (word, random) => replaceOne(word, random, (one) => alike(one, say(one), random)),
    homophones: (word, random) => {
      const others = word.map((one) => alike(one, say(one), random));
      return word.length < 3 || others.includes(null) ? null : others.join('');
    },
    fuzzyHomophone: (word, random) =>
      replaceOne(word, random, (one) => {
        const syllable = say(one);
        const near = [
          syllable.replace(/^([zcs])(?!h)/, '$1h'),
          syllable.replace(/^([zcs])h/, '$1'),
          syllable.replace(/^l/, 'n'),
          syllable.replace(/^n/, 'l'),
          syllable.replace(/([ei])n$/, '$1ng'),
          syllable.replace(/ng$/, 'n'),
        ].filter((other) => other !== syllable && charactersOf.has(other));
        return near.length === 0 ? null : alike(one, pick(near, random), random);
      }),
    pinyin: (word) => pinyin(word).join(''),
    pinyinCapitals: (word) =>
      pinyin(word)
        .map((one) => one.slice(0, 1).toUpperCase() + one.slice(1))
        .join(''),
    pinyinBlanks: (word) => pinyin(word).join(' '),
    pinyinOnce: (word, random) => replaceOne(word, random, say),
    initials: (word) =>
      word.length < 3
        ? null
        : pinyin(word)
            .map((one) => one[0])
            .join(''),
    initialOnce: (word, random) => replaceOne(word, random, (one) => say(one)[0] ?? null),
    split: (word, random) => replaceOne(word, random, (one) => halves.get(one) ?? null),
    fullWidthPinyin: (word) =>
      mapLetters(
        pinyin(word).join(''),
        latin,
        [...latin].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
      ),
    lookAlikePinyin: (word) => mapLetters(pinyin(word).join(''), 'aceopxyihnu', [...'асеорхуіһпυ']).replace(/п/g, 'n'),
    mathematicalPinyin: (word) =>
      mapLetters(
        pinyin(word).join(''),
        latin,
        [...latin].map((_, i) => String.fromCodePoint(0x1d41a + i)),
      ),
  };
}
