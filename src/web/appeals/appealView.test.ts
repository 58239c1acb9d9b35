import { expect, it } from 'vitest';
import { correctionsOf, nothingChosen, wordSoFar, yuan } from './appealView.ts';

const choices = {
  incidents: [],
  days: [],
  value: { item: 'csat', unit: 'percent', parts: [], now: '93.5' },
  evidence: null,
};

it('money is shown from integer fen, and none is not zero', () => {
  expect([yuan('0'), yuan('5'), yuan('3900000'), yuan('-1250'), yuan(null)]).toEqual([
    ...['¥0.00', '¥0.05', '¥39,000.00', '−¥12.50', '—'],
  ]);
});

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
  const given = { step: 'supervisor' as const, reason: 'x', by: '主管', at: '2026-11-06T00:00:00Z' };
  const item = { kind: 'item' as const, subject: 'csat', proposed: [], choices };
  const word = wordSoFar({ decisions: [{ ...given, decision: 'upheld', corrections }] });
  expect([word.decision, correctionsOf(item, word.chosen)]).toEqual(['upheld', corrections.toReversed()]);
  expect(wordSoFar({ decisions: [{ ...given, decision: 'rejected', corrections: [] }] }).decision).toBe('rejected');
  expect(wordSoFar({ decisions: [] })).toEqual({ decision: 'upheld', chosen: nothingChosen });
});
