import { expect, test } from 'vitest';
import type { Issue } from './editing.ts';
import { byGravity, issuesAt, issuesWithin, nearestPlace } from './issuesAt.ts';

const issue = (path: string, level: Issue['level'] = 'error'): Issue => ({
  ...{ path, level, code: 'x', message: { zh: '', en: '' } },
});

test('an issue belongs to its place and to what that lies in, not to what begins alike', () => {
  const all = [issue('blocks[1].items'), issue('blocks[1].items[2].weight'), issue('blocks[10].weight')];
  expect(issuesAt(all, 'blocks[1].items')).toEqual([all[0]]);
  expect(issuesWithin(all, 'blocks[1]')).toEqual([all[0], all[1]]);
  expect(issuesWithin(all, 'blocks[1].items[2]')).toEqual([all[1]]);
});

test('errors come before what is still to be given, notes last', () => {
  const all = [issue('a', 'note'), issue('b', 'needed'), issue('c')];
  expect(byGravity(all).map(({ path }) => path)).toEqual(['c', 'b', 'a']);
});

test('an issue whose field is folded away leads to the nearest place that shows', () => {
  const places = ['blocks', 'blocks[0]', 'blocks[0].items[1]'];
  expect(nearestPlace('blocks[0].items[1].target.byTier.mid', places)).toBe('blocks[0].items[1]');
  expect(nearestPlace('blocks[3].weight', places)).toBe('blocks');
  expect(nearestPlace('oops', places)).toBe(null);
});
