import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { messages } from './messages.ts';
import { packageRoot } from './root.ts';

const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

it('every code that is thrown anywhere has a sentence in both languages', () => {
  const thrown =
    /new (?:BadInput|NotSignedIn|Forbidden|NotFound|Conflict|TooLarge|Invalid|TooMany|Unavailable)\(\s*'([^']+)'/g;
  const codes = new Set<string>();
  for (const file of sources) {
    for (const match of readFileSync(file, 'utf8').matchAll(thrown)) if (match[1]) codes.add(match[1]);
  }
  expect(codes.size).toBeGreaterThan(20);
  expect([...codes].filter((code) => !messages[code])).toEqual([]);
});

it('the two languages of a sentence ask for the same parameters', () => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const [code, { zh, en }] of Object.entries(messages)) expect([code, holes(zh)]).toEqual([code, holes(en)]);
});
