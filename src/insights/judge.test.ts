import { describe, expect, it } from 'vitest';
import { judge, type Measured } from './judge.ts';
import { median, robustZ } from './robust.ts';
import { beside, value, z } from './signalDefinition.ts';

const person = (agentId: string, share: number | null, more: Partial<Measured> = {}): Measured => ({
  ...{ agentId, tier: 'mid', queue: '维修', n: 40, hits: 6, figures: { share } },
  flagged: [1, 2, 3, 4, 5, 6].map((k) => ({ kind: 'session', id: `${agentId}-${k}` })),
  others: [{ kind: 'session', id: `${agentId}-ordinary` }],
  ...more,
});
const ways = [{ needs: [], all: [z('share', 'z')] }];
const inForce = { z: 2, minN: 30 };
const others = [8, 9, 10, 10, 11, 12, 10, 9].map((share, k) => person(`B${k}`, share));

describe('robust z', () => {
  it('is the distance from the median in 1.4826 median absolute deviations', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(robustZ(20, [8, 9, 10, 11, 12])).toBeCloseTo(10 / 1.4826, 4);
  });
  it('takes the mean deviation where most are equal, and is none where all are', () => {
    expect(robustZ(10, [0, 0, 0, 0, 10])).toBeCloseTo(10 / (2 * 1.2533), 3);
    expect(robustZ(5, [5, 5, 5])).toBeNull();
  });
});

describe('judging', () => {
  it('finds who lies far from comparable colleagues, with the numbers that say so', () => {
    const [finding, ...more] = judge(ways, inForce, [...others, person('A', 30)]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      agentId: 'A',
      group: 'tierAndQueue',
      reasons: [{ value: 30, median: 10, peers: 9, limit: 2 }],
    });
    expect(finding?.evidence.every(({ striking }) => striking)).toBe(true);
  });

  it('compares within tier and queue first, and more widely only where too few are there', () => {
    const far = others.map((each) => ({ ...each, tier: 'senior' }));
    expect(judge(ways, inForce, [...far, person('A', 30)])).toMatchObject([{ agentId: 'A', group: 'everybody' }]);
    const usualHere = [
      ...others.map((each) => ({ ...each, agentId: `C${each.agentId}`, tier: 'senior', figures: { share: 30 } })),
      ...others,
    ];
    expect(judge(ways, inForce, [...usualHere, person('A', 30, { tier: 'senior' })])).toEqual([]);
  });

  it('says nothing with too few observations, too few colleagues, or no figure', () => {
    expect(judge(ways, inForce, [...others, person('A', 30, { n: 29 })])).toEqual([]);
    // A signal without a least number of observations takes any.
    expect(judge(ways, { z: 2 }, [...others, person('A', 30, { n: 1 })])).toHaveLength(1);
    expect(judge(ways, inForce, [...others.slice(0, 6), person('A', 30)])).toEqual([]);
    expect(judge(ways, inForce, [...others, person('A', null)])).toEqual([]);
  });

  it('makes the records to inspect up to five with ordinary ones', () => {
    const [finding] = judge(ways, inForce, [...others, person('A', 30, { flagged: [{ kind: 'session', id: 'one' }] })]);
    expect(finding?.evidence).toEqual([
      { kind: 'session', id: 'one', striking: true },
      { kind: 'session', id: 'A-ordinary', striking: false },
    ]);
  });

  it('looks at what stands beside the source’s rule only where there are colleagues enough to compare with', () => {
    const rule = { needs: [], all: [beside(z('share', 'z')), value('share', 'least')] };
    const limits = { ...inForce, least: 25 };
    const few = judge([rule], limits, [...others.slice(0, 6), person('A', 30)]);
    expect(few).toMatchObject([{ agentId: 'A', group: null, strength: 1.2, reasons: [{ of: 'value', limit: 25 }] }]);
    const usual = [20, 22, 24, 25, 26, 27, 28, 29].map((share, k) => person(`B${k}`, share));
    expect(judge([rule], limits, [...usual, person('A', 30)])).toEqual([]);
  });

  it('a line that must be exceeded is not met by standing on it', () => {
    const rule = { needs: [], all: [value('share', 'least', 'above')] };
    const found = (share: number) => judge([rule], { ...inForce, least: 20 }, [person('A', share)]);
    expect(found(20)).toEqual([]);
    expect(found(20.1)).toHaveLength(1);
  });
});
