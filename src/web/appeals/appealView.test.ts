import { expect, it } from 'vitest';
import { correctionsOf, nothingChosen, wordSoFar } from './appealView.ts';

const choices = {
  incidents: [],
  days: [],
  value: { item: 'csat', unit: 'percent', parts: [], now: '93.5' },
  evidence: null,
};

it('of an item only what was chosen and is a number is put right; of an incident what is proposed', () => {
  const item = { kind: 'item' as const, subject: 'csat', proposed: [], choices };
  expect(correctionsOf(item, nothingChosen)).toEqual([]);
  expect(correctionsOf(item, { ...nothingChosen, values: { '': '95.' } })).toEqual([]);
  expect(correctionsOf(item, { ...nothingChosen, values: { '': ' 95.5 ' } })).toEqual([
    { kind: 'value', item: 'csat', part: null, value: '95.5' },
  ]);
  const proposed = [{ kind: 'incident' as const, incidentId: 'i1' }];
  expect(correctionsOf({ ...item, kind: 'incident', proposed }, nothingChosen)).toBe(proposed);
});

it('HR starts from what the supervisor decided and chose, and without a word of theirs from nothing', () => {
  const corrections = [
    { kind: 'value' as const, item: 'csat', part: null, value: '95.5' },
    { kind: 'day' as const, item: 'csat', day: '2026-10-12' },
  ];
  const given = { step: 'supervisor' as const, reason: 'x', by: '主管', at: '2026-11-06T00:00:00Z', inPlace: false };
  const item = { kind: 'item' as const, subject: 'csat', proposed: [], choices };
  const word = wordSoFar({ decisions: [{ ...given, decision: 'upheld', corrections }] });
  expect([word.decision, correctionsOf(item, word.chosen)]).toEqual(['upheld', corrections.toReversed()]);
  expect(wordSoFar({ decisions: [{ ...given, decision: 'rejected', corrections: [] }] }).decision).toBe('rejected');
  expect(wordSoFar({ decisions: [] })).toEqual({ decision: 'upheld', chosen: nothingChosen });
});
