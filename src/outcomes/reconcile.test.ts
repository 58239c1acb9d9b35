import { expect, test } from 'vitest';
import type { Proposed, Suggestion } from './proposal.ts';
import { reconcile, type Standing } from './reconcile.ts';

const basis = [{ period: '2026-10', version: 1, grade: { zh: '高级', en: 'Senior' }, total: '91.00' }];
const coefficient = (value: string): Suggestion => ({ kind: 'coefficient', coefficient: value });
const proposed = (suggestion: Suggestion, more: Partial<Proposed> = {}): Proposed => ({
  ...{ kind: suggestion.kind, rule: suggestion.kind, words: null, basis, suggestion },
  ...more,
});
const standing = (each: Proposed, more: Partial<Standing> = {}): Standing => ({
  ...each,
  ...{ id: 7, revision: 1, state: 'proposed', supported: true },
  ...more,
});
const one = proposed(coefficient('1.2'));
const other = proposed(coefficient('1'));

test('the same cards again change nothing, whatever was decided', () => {
  expect(reconcile([], [one])).toEqual([{ change: 'propose', proposed: one, revision: 1 }]);
  // The database gives the keys of JSON back in another order.
  const turned = JSON.parse('{"coefficient":"1.2","kind":"coefficient"}') as Suggestion;
  for (const state of ['proposed', 'approved', 'declined'] as const)
    expect(reconcile([standing({ ...one, suggestion: turned }, { state })], [one])).toEqual([]);
});

test('what waits is altered in its place; what was decided stays as it is, and the next revision stands beside it', () => {
  expect(reconcile([standing(one)], [other])).toEqual([
    { change: 'alter', id: 7, proposed: other, before: coefficient('1.2') },
  ]);
  expect(reconcile([standing(one, { state: 'approved' })], [other])).toEqual([
    { change: 'propose', proposed: other, revision: 2 },
  ]);
});

test('a proposal whose basis fell is marked and kept, once; it stands again when the cards give it again', () => {
  expect(reconcile([standing(one, { state: 'approved' })], [])).toEqual([{ change: 'fall', id: 7 }]);
  expect(reconcile([standing(one, { supported: false })], [])).toEqual([]);
  expect(reconcile([standing(one, { supported: false })], [one])).toEqual([{ change: 'stand', id: 7 }]);
});

test('other items lost make no second training once one was decided, and what people entered is left alone', () => {
  const training = proposed({ kind: 'training', paidMonths: null, lost: [] });
  const lost = { item: 'csat', name: { zh: '', en: '' }, metric: 'csat_rate', value: '1', target: '2', lost: '1' };
  const more = proposed({ kind: 'training', paidMonths: null, lost: [{ ...lost, learn: { zh: '', en: '' } }] });
  expect(reconcile([standing(training, { state: 'approved' })], [more])).toEqual([]);
  expect(reconcile([standing({ ...one, rule: 'byHand 1 x' })], [])).toEqual([]);
});
