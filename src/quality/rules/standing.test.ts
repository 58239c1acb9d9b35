import { describe, expect, it } from 'vitest';
import { mayDeduct, precisionOf, standingOf } from './standing.ts';

const labels = (right: number, wrong: number) => [...Array(wrong).fill(false), ...Array(right).fill(true)] as boolean[];
const rule = { incident: 'listening' as const, earns: { labelled: 50, precisionPercent: 80, rolling: 20 } };

describe('whether a rule may deduct', () => {
  it('has Wilson’s interval of its labels, and none before the first', () => {
    expect(precisionOf([])).toEqual({ labelled: 0, confirmed: 0, percent: null, low: null, high: null });
    const { percent, low, high } = precisionOf(labels(46, 4));
    expect(percent).toBe(92);
    expect(low).toBeCloseTo(81.16, 1);
    expect(high).toBeCloseTo(96.85, 1);
  });

  it.each([
    [49, 0, 'learning', 'one label short'],
    [50, 0, 'earned', 'all right'],
    [46, 4, 'earned', 'the interval begins at 81%'],
    [45, 5, 'learning', 'the interval begins at 79%'],
  ])('%i right and %i wrong: %s, %s', (right, wrong, standing) => {
    expect(standingOf(rule, labels(right, wrong)).standing).toBe(standing);
  });

  it('loses the right when the last labels fall below the threshold, and gains it back by better ones', () => {
    const earned = labels(60, 0);
    const fallen = [...earned, ...labels(0, 5)];
    expect(standingOf(rule, fallen)).toMatchObject({ standing: 'lost', rolling: 75 });
    expect(standingOf(rule, [...fallen, ...labels(20, 0)]).standing).toBe('earned');
  });

  it('is never asked of red lines, which always need a person, nor of rules that only mark', () => {
    expect(standingOf({ incident: 'abuse' }, []).standing).toBe('redLine');
    expect(standingOf({}, labels(100, 0)).standing).toBe('marks');
    expect((['redLine', 'earned', 'learning', 'lost', 'marks'] as const).filter(mayDeduct)).toEqual([
      'redLine',
      'earned',
    ]);
  });
});
