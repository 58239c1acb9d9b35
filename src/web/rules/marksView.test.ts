import { expect, test } from 'vitest';
import type { MarkView } from '../../quality/rules/schemas.ts';
import { marksBy, spansFor } from './marksView.ts';

const mark = (messageKey: string, status: MarkView['status'], more: Partial<MarkView> = {}): MarkView => ({
  ...{ rule: 'r', ruleName: { zh: '规则', en: 'Rule' }, ruleVersion: 1, advice: null, severity: 'minor' },
  ...{
    standing: 'marks',
    messageKey,
    at: '2026-10-12T02:00:00.000Z',
    agentId: 'A',
    foundBy: 'rule',
    inForce: true,
    status,
    incident: 'none',
    decisions: [],
  },
  ...{ places: [{ from: 1, to: 2 }], writtenPlaces: [{ from: 5, to: 6 }] },
  ...more,
});

test('marks stand by their message', () => {
  const by = marksBy([mark('1', 'open'), mark('2', 'open'), mark('1', 'confirmed')]);
  expect([by.get('1')?.length, by.get('2')?.length, by.get('3')]).toEqual([2, 1, undefined]);
});

test('a mark lies elsewhere in masked text, and nowhere once it is overturned', () => {
  expect(spansFor([mark('1', 'open', { severity: 'major' })], true)).toEqual([{ from: 1, to: 2, grave: true }]);
  expect(spansFor([mark('1', 'open')], false)).toEqual([{ from: 5, to: 6, grave: false }]);
  expect(spansFor([mark('1', 'overturned')], true)).toEqual([]);
});
