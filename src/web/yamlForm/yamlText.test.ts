import { expect, test } from 'vitest';
import { addTo, moveIn, pathText, rawAt, readText, setAt } from './yamlText.ts';

test('a fraction and a number with a closing zero come out as they went in', () => {
  const text = 'a: "55/3"\nb: 1.20 # keep\nc: 0.10000000000000000001\n';
  expect(setAt(text, ['d'], '7')).toBe(`${text}d: 7\n`);
});

test('a plain target gives way to one by priority, and back', () => {
  const text = 'items:\n  - id: x\n    target: 85\n';
  const split = setAt(text, ['items', 0, 'target', 'byPriority', 'urgent'], '4');
  expect(readText(split)).toEqual({ raw: { items: [{ id: 'x', target: { byPriority: { urgent: '4' } } }] } });
  expect(readText(setAt(split, ['items', 0, 'target'], '85'))).toEqual(readText(text));
});

test('entries are added, moved and taken away; a missing list is made', () => {
  const one = addTo('a: 1\n', ['list'], { id: 'x' });
  const two = addTo(one, ['list'], { id: 'y' });
  expect(readText(moveIn(two, ['list'], 1, 0))).toEqual({ raw: { a: '1', list: [{ id: 'y' }, { id: 'x' }] } });
  expect(moveIn(two, ['list'], 0, 5)).toBe(two);
  expect(readText(setAt(two, ['list', 0], null))).toEqual({ raw: { a: '1', list: [{ id: 'y' }] } });
});

test.each(['true', 'null', '', 'two\nlines', '20', ': # {'])('the text %j is read back as that text', (value) => {
  expect(readText(setAt('a: x\n', ['a'], value))).toEqual({ raw: { a: value } });
  expect(readText(setAt('a: x\n', ['b'], value))).toEqual({ raw: { a: 'x', b: value } });
});

test('a check box writes yes or no, and text that looks like yes or a number is put in quotes', () => {
  expect(setAt('a: x\nb: true\n', ['b'], false)).toBe('a: x\nb: false\n');
  expect(setAt('a: x\n', ['b'], true)).toBe('a: x\nb: true\n');
  expect(setAt('a: x\n', ['a'], 'true')).toBe('a: "true"\n');
  expect(setAt('a: x\n', ['a'], '12315', 'words')).toBe('a: "12315"\n');
  expect(setAt('a: x\n', ['a'], '12315')).toBe('a: 12315\n');
  expect(addTo('a: x\n', ['list'], { unanswered: true, name: { zh: '甲', en: 'A' } })).toBe(
    'a: x\nlist:\n  - unanswered: true\n    name: { zh: 甲, en: A }\n',
  );
  expect(setAt('a: x\n', ['list'], ['我要投诉', '1: 2', '315'], 'words')).toBe(
    'a: x\nlist: [ 我要投诉, "1: 2", "315" ]\n',
  );
});

test('a text that is no YAML names its line and is not edited', () => {
  expect(readText('a: 1\nb: [')).toEqual({ problem: { line: 2 } });
  expect(setAt('a: 1\nb: [', ['a'], '2')).toBe('a: 1\nb: [');
  for (const text of ['- a', '5', '', 'a: &a [x,x]\nb: *c']) expect(readText(text)).toHaveProperty('problem');
});

test('places read as issues name them', () => {
  expect(pathText(['blocks', 0, 'items', 2, 'weight'])).toBe('blocks[0].items[2].weight');
  expect(rawAt({ blocks: [{ items: ['x'] }] }, ['blocks', 0, 'items', 0])).toBe('x');
  expect(rawAt({ blocks: 'x' }, ['blocks', 0, 'items', 0])).toBe(null);
});
