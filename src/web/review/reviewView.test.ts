import { expect, test } from 'vitest';
import type { Occasion } from '../../review/schemas.ts';
import { byMonth, duePlans, since, stateOf } from './reviewView.ts';

const plan = (id: string, due: boolean, isDecided = false): Occasion['plans'][number] => ({
  ...{ plan: id, name: { zh: id, en: id }, due },
  decided: isDecided ? { outcome: 'kept', reason: '', link: null, at: '', by: '' } : null,
});
const occasion = (id: number, day: string, plans: Occasion['plans'], more: Partial<Occasion> = {}): Occasion => ({
  ...{ id, kind: 'policy', title: `${id}`, day, note: '', made: { at: '', by: '' }, dropped: null, plans },
  ...more,
});

test('of what is due the longest waiting comes first, and of one plan only its own', () => {
  const occasions = [
    occasion(2, '2026-11-01', [plan('a', true), plan('b', true)]),
    occasion(1, '2026-10-01', [plan('a', true), plan('c', false, true)]),
  ];
  expect(duePlans({ occasions }).map(({ occasion: id, plan: { plan: of } }) => `${id}${of}`)).toEqual([
    '1a',
    '2a',
    '2b',
  ]);
  expect(duePlans({ occasions }, 'b').map(({ day }) => day)).toEqual(['2026-11-01']);
});

test('an occasion is over once every plan of it is decided, and not before', () => {
  const state = (plans: Occasion['plans'], more?: Partial<Occasion>) =>
    stateOf(occasion(1, '2026-11-03', plans, more), '2026-11-03');
  expect(state([plan('a', true), plan('b', false, true)])).toBe('due');
  expect(state([plan('a', false, true)])).toBe('done');
  expect(state([plan('a', false)], { day: '2026-11-04' })).toBe('upcoming');
  expect(state([plan('a', false)], { dropped: { at: '', by: '', reason: '' } })).toBe('dropped');
});

test('months stand in order, each with its own', () => {
  const all = [occasion(1, '2026-09-30', []), occasion(2, '2026-12-12', []), occasion(3, '2026-09-01', [])];
  expect(byMonth(all).map(({ month, occasions }) => [month, occasions.map(({ id }) => id)])).toEqual([
    ['2026-12', [2]],
    ['2026-09', [1, 3]],
  ]);
});

test('only what was published on a day or later is offered as having come of it', () => {
  const versions = [{ publishedOn: '2026-11-02' }, { publishedOn: '2026-11-03' }, { publishedOn: '2026-12-01' }];
  expect(since(versions, '2026-11-03')).toEqual(versions.slice(1));
});
