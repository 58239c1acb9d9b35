import { expect, it } from 'vitest';
import { SortedPatterns } from './sortedPatterns.ts';

it('finds exactly the patterns that a naive search finds, from every place of a text', () => {
  let seed = 3;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const word = (longest: number, letters: number) =>
    Array.from({ length: 1 + next(longest) }, () => String.fromCharCode(1 + next(letters))).join('');
  for (const letters of [3, 40, 60_000]) {
    const patterns = Array.from({ length: 600 }, () => word(7, letters));
    const sorted = new SortedPatterns(patterns);
    const text = `${word(300, letters)}${patterns.slice(0, 50).join('')}`;
    const found: string[] = [];
    for (let at = 0; at < text.length; at++) {
      const letter = (place: number) => (place < text.length ? text.charCodeAt(place) : 0);
      // Patterns of one and two letters are stretches of their own; those of three and more are followed.
      for (const shorter of [1, 2, 3]) {
        if (at + shorter > text.length) continue;
        let from = sorted.find(letter(at), shorter > 1 ? letter(at + 1) : 0, shorter > 2 ? letter(at + 2) : 0);
        let end = sorted.end;
        for (let depth = shorter; from < end; depth++) {
          for (; from < end && sorted.lengthOf(from) === depth; from++) found.push(`${sorted.order[from]}@${at}`);
          if (from === end || at + depth >= text.length) break;
          from = sorted.narrow(from, end, depth, letter(at + depth));
          end = sorted.end;
        }
      }
    }
    const naive = patterns.flatMap((pattern, i) => {
      const places: string[] = [];
      for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) places.push(`${i}@${at}`);
      return places;
    });
    expect(found.sort()).toEqual(naive.sort());
  }
});
