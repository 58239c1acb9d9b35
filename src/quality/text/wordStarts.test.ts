import { describe, expect, it } from 'vitest';
import { loadTextTables } from '../loadText.ts';
import { readCharacters } from './characters.ts';
import { soundClasses } from './soundClasses.ts';
import { WordStarts } from './wordStarts.ts';

const classes = soundClasses(readCharacters(loadTextTables().characters));
let seed = 3;
const random = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed / 0x80000000;
};
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const codesOf = (text: string) => Uint16Array.from(text, (one) => one.charCodeAt(0));

/** Every character that can be read as a letter; those with several readings are under each of them. */
const readAs = new Map<number, string[]>();
const ambiguous: string[] = [...'我什了天人没还大行东都地'];
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const one = String.fromCharCode(code);
  const sounds = classes.ofCharacter[code] as number;
  if (sounds > 1023) ambiguous.push(one);
  for (let rest = sounds; rest > 0; rest >>>= 10) readAs.set(rest & 1023, [...(readAs.get(rest & 1023) ?? []), one]);
}
const letters = [...readAs.keys()];

describe('places where a word may begin', () => {
  it('hold every word in its own characters and in any that can be read as its sounds', () => {
    for (let round = 0; round < 60; round++) {
      const sounds = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(letters));
      const starts = new WordStarts(classes);
      starts.addSounds(String.fromCharCode(...sounds));
      const around = Array.from({ length: 3 }, () => pick(ambiguous)).join('');
      for (let variant = 0; variant < 40; variant++) {
        const word = sounds.map((letter) => pick(readAs.get(letter) ?? [])).join('');
        const text = codesOf(around + word + (variant % 2 === 0 ? '' : around));
        starts.read(text, text.length);
        const { at, count } = word.length === 2 ? starts.short : starts.long;
        expect([...at.subarray(0, count)], `${word} in ${String.fromCharCode(...text)}`).toContain(around.length);
      }
    }
    for (const word of ['锟', 'あ', '锟あ', 'a1', 'あいう', '我a了吗']) {
      const starts = new WordStarts(classes);
      starts.addCharacters(word);
      const text = codesOf(`了${word}`);
      starts.read(text, text.length);
      const { at, count } = word.length < 3 ? starts.short : starts.long;
      expect([...at.subarray(0, count)], word).toContain(1);
    }
  });

  it('are none in front of the text, and few where no word begins', () => {
    const starts = new WordStarts(classes);
    for (let i = 0; i < 3000; i++) starts.addSounds(String.fromCharCode(pick(letters), pick(letters), pick(letters)));
    let named = 0;
    for (let round = 0; round < 2000; round++) {
      const text = codesOf(Array.from({ length: 10 }, () => pick(readAs.get(pick(letters)) ?? [])).join(''));
      starts.read(text, text.length);
      const places = [...starts.long.at.subarray(0, starts.long.count)];
      expect(Math.min(0, ...places)).toBe(0);
      named += places.length;
    }
    expect(named).toBeLessThan(2000);
  });
});
