import { expect, test } from 'vitest';
import { countOf } from './wording.ts';

test.each([
  [0, '0 days'],
  [1, '1 day'],
  ['1', '1 day'],
  [2, '2 days'],
])('%s in English: %s', (count, text) => expect(countOf(count, 'day')).toBe(text));
