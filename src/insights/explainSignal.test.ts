import { describe, expect, it } from 'vitest';
import { figureText, ruleText, whyText } from './explainSignal.ts';
import type { Finding } from './judge.ts';
import type { SignalDefinition } from './signalDefinition.ts';
import { signals } from './signals.ts';

const signalOf = (id: string) => signals.find((signal) => signal.id === id) as SignalDefinition;
const finding: Finding = {
  ...{ agentId: 'A', strength: 1.5, n: 40, hits: 12, queue: '维修', group: 'tierAndQueue', evidence: [] },
  reasons: [
    {
      ...{ figure: 'share', of: 'z', side: 'atLeast', threshold: 'z', limit: 2 },
      ...{ value: 30, z: 3.06, median: 10, peers: 18 },
    },
  ],
};

describe('a signal in words', () => {
  it('names the numbers that opened the list, with whom it was compared, and no blame', () => {
    const { zh, en } = whyText(signalOf('dumped_transfers'), finding);
    expect(zh).toBe(
      '占比 30.0%，同岗级同队列 18 人的中位数 10.0%，稳健 z 3.1（线：不低于 2）。40 条记录里有 12 条值得看。',
    );
    expect(en).toContain('robust z 3.1 (line: at least 2). Of 40 records 12 are worth a look.');
  });

  it('writes a threshold below zero as it is, and its size where the rule says the direction', () => {
    const gap = { figure: 'gap', of: 'value', side: 'atMost', threshold: 'gapPoints' } as const;
    const reasons = [{ ...gap, value: -35.2, limit: -20, z: null, median: null, peers: null }];
    const signal = signalOf('selective_invitations');
    expect(whyText(signal, { ...finding, reasons }).zh).toContain('−35.2（线：不高于 −20）');
    expect(ruleText(signal, { gapPoints: -20, minN: 30 }).zh).toContain('低 20 个百分点以上（两类各不少于 30 个）');
  });

  it('gives each figure its unit', () => {
    expect(figureText(12.345, 'seconds')).toEqual({ zh: '12.3 秒', en: '12.3 s' });
    expect(figureText(-4, 'percent').zh).toBe('−4.0%');
    expect(figureText(7, 'count').en).toBe('7');
  });

  it('fills every threshold of every rule', () => {
    for (const signal of signals) {
      const standard = Object.fromEntries(Object.entries(signal.thresholds).map(([id, { value }]) => [id, value]));
      const { zh, en } = ruleText(signal, standard);
      expect([signal.id, zh.includes('{'), en.includes('{')]).toEqual([signal.id, false, false]);
    }
  });
});
