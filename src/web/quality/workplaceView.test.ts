import { expect, test } from 'vitest';
import type { RubricItem } from '../../quality/rubrics/rubricSchema.ts';
import { keyAct, marked, nextOpen } from './workplaceView.ts';

const words = { zh: '一', en: 'one' };
const item = (id: string, more: Partial<RubricItem> = {}): RubricItem => ({
  ...{ id, name: words, levels: ['full', 'lost'].map((level) => ({ id: level, name: words, points: '1' })), ...more },
});

test('digits choose levels that exist, n only where the item may not apply, everything else is the browser’s', () => {
  expect(keyAct('2', item('a'))).toEqual({ act: 'level', level: 'lost' });
  expect(keyAct('3', item('a'))).toBeNull();
  expect(keyAct('n', item('a'))).toBeNull();
  expect(keyAct('n', item('a', { applies: 'sometimes' }))).toEqual({ act: 'level', level: 'na' });
  expect([keyAct('k', undefined), keyAct('1', undefined), keyAct('F5', item('a'))]).toEqual([
    { act: 'move', by: -1 },
    null,
    null,
  ]);
});

test('a level keeps the comment and a comment keeps the level', () => {
  const once = marked({}, 'a', { comment: '好' });
  expect(marked(once, 'a', { level: 'full' })).toEqual({ a: { level: 'full', comment: '好' } });
});

test('the next item without a level is looked for from here on, and then from the start', () => {
  const items = [item('a'), item('b'), item('c')];
  const marks = marked({}, 'b', { level: 'full' });
  expect([nextOpen(items, marks, 0), nextOpen(items, marks, 2)]).toEqual([2, 0]);
  expect(nextOpen([items[1] as RubricItem], marks, 0)).toBeNull();
});
