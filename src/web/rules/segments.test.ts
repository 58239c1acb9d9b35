import { expect, test } from 'vitest';
import { segmentsOf } from './segments.ts';

const shown = (text: string, ...spans: [number, number, boolean?][]) =>
  segmentsOf(
    text,
    spans.map(([from, to, grave = false]) => ({ from, to, grave })),
  ).map((segment) => `${segment.text}${segment.marked === null ? '' : segment.marked === 'grave' ? '!' : '~'}`);

test('a text is cut where marks begin and end, and joined is the text again', () => {
  expect(shown('加我微信吧', [0, 4])).toEqual(['加我微信~', '吧']);
  expect(shown('加我微信吧')).toEqual(['加我微信吧']);
});

test('where marks lie on one another the gravest shows', () => {
  expect(shown('abcdef', [0, 4], [2, 6, true])).toEqual(['ab~', 'cd!', 'ef!']);
});

test('a mark past the end of a text that was cut short is left out', () => {
  expect(shown('abc', [1, 9], [5, 9])).toEqual(['a', 'bc~']);
});
