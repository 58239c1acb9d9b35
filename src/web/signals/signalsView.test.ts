import { describe, expect, it } from 'vitest';
import type { FindingView, SignalsPage, SignalView } from '../../insights/schemas.ts';
import { byAgent, bySignal, changedThresholds } from './signalsView.ts';

const text = { zh: '文', en: 'text' };
const aSignal = (id: string, status: SignalView['status'] = 'measured'): SignalView => ({
  ...{ id, name: text, rule: text, innocent: text, status, lacks: [], people: 3 },
  thresholds: [{ id: 'z', name: text, unit: 'ratio', value: 3, standard: 2, low: 0.5, high: 10 }],
});
const aFinding = (signal: string, agentId: string): FindingView => ({
  ...{ signal, agentId, name: agentId, team: '', strength: 1, why: text, evidence: [] },
});
const page: SignalsPage = {
  ...{ period: '2026-10', run: null, nightly: null, mayChange: true },
  signals: [aSignal('none'), aSignal('missing', 'notMeasurable'), aSignal('shown'), aSignal('also')],
  findings: [aFinding('shown', 'B'), aFinding('also', 'B'), aFinding('shown', 'A')],
};

describe('the signals page', () => {
  it('begins with what shows and ends with what could not be measured', () => {
    expect(bySignal(page).map(({ signal }) => signal.id)).toEqual(['shown', 'also', 'none', 'missing']);
  });

  it('lists people by their id, whatever number of signals they show', () => {
    expect(byAgent(page).map(({ agentId, findings }) => [agentId, findings.length])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
  });

  it('sends only the thresholds that were changed, the standard as a reset, and nothing unreadable', () => {
    const signal = aSignal('shown');
    expect(changedThresholds(signal, new Map([['z', '3']]))).toEqual({});
    expect(changedThresholds(signal, new Map([['z', '2.5']]))).toEqual({ z: 2.5 });
    expect(changedThresholds(signal, new Map([['z', '2']]))).toEqual({ z: null });
    for (const wrong of ['', '11', 'abc']) expect(changedThresholds(signal, new Map([['z', wrong]]))).toBeNull();
  });
});
