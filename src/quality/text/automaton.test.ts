import { expect, it } from 'vitest';
import { buildAutomaton } from './automaton.ts';

it('ends in exactly the patterns that a naive search finds', () => {
  let seed = 3;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const word = (longest: number, letters: number) =>
    Array.from({ length: 1 + next(longest) }, () => String.fromCharCode(1 + next(letters))).join('');
  for (const letters of [3, 40, 3000]) {
    const patterns = Array.from({ length: 600 }, () => word(6, letters));
    const automaton = buildAutomaton(patterns, letters);
    const text = `${word(300, letters)}${patterns.slice(0, 50).join('')}`;
    const found: string[] = [];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const letter = text.charCodeAt(at);
      const to = (from: number) => (automaton.base[from] ?? 0) + letter;
      while (state !== 0 && automaton.check[to(state)] !== state) state = automaton.fail[state] ?? 0;
      state = automaton.check[to(state)] === state ? to(state) : 0;
      for (let end = automaton.ends[state] ?? 0; end !== 0; end = automaton.endsNext[end] ?? 0)
        for (let pattern = automaton.first[end] ?? -1; pattern !== -1; pattern = automaton.next[pattern] ?? -1)
          found.push(`${pattern}@${at}`);
    }
    const naive = patterns.flatMap((pattern, i) => {
      const places: string[] = [];
      for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1))
        places.push(`${i}@${at + pattern.length - 1}`);
      return places;
    });
    expect(found.sort()).toEqual(naive.sort());
  }
});
