import { expect, test } from 'vitest';
import { begin, edit, redo, undo } from './editHistory.ts';

test('typing on in one field is one step, another field is another', () => {
  const typed = edit(edit(edit(begin('a'), 'b', 'weight'), 'c', 'weight'), 'd', 'target');
  expect(undo(typed).text).toBe('c');
  expect(undo(undo(typed)).text).toBe('a');
  expect(undo(undo(undo(typed))).text).toBe('a');
});

test('what was undone comes back, until something else is typed', () => {
  const typed = edit(edit(begin('a'), 'b', null), 'c', null);
  expect(redo(undo(typed)).text).toBe('c');
  expect(redo(redo(undo(undo(typed)))).text).toBe('c');
  const other = edit(undo(typed), 'x', null);
  expect(redo(other).text).toBe('x');
  expect(undo(other).text).toBe('b');
});

test('typing after an undo is a step of its own even in the same field', () => {
  const history = edit(undo(edit(begin('a'), 'b', 'weight')), 'c', 'weight');
  expect(undo(history).text).toBe('a');
});
