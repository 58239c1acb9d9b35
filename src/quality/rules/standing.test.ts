import { describe, expect, it } from 'vitest';
import type { Earns } from './ruleSchema.ts';
import { type Labels, mayDeduct, precisionOf, standingOf as standingByBoth } from './standing.ts';

const labels = (right: number, wrong: number) => [...Array(wrong).fill(false), ...Array(right).fill(true)] as boolean[];
/** All labels were given since the rule means what it means. */
const standingOf = (of: Parameters<typeof standingByBoth>[0], all: Labels) => standingByBoth(of, all, all, null);
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

  it('does not keep the right for what it looks for now: as many labels as the rolling ones have to be given anew', () => {
    const before = labels(60, 0);
    const widened = (...since: boolean[]) => standingByBoth(rule, [...before, ...since], since, null);
    expect(widened()).toMatchObject({ standing: 'learning', rolling: null, precision: { labelled: 60 } });
    expect(widened(...labels(19, 0)).standing).toBe('learning');
    expect(widened(...labels(20, 0)).standing).toBe('earned');
    expect(widened(...labels(15, 5))).toMatchObject({ standing: 'lost', rolling: 75 });
  });

  it('goes by the stricter of the rule and the plan, threshold by threshold', () => {
    const by = (plan: Partial<Earns>) => {
      const said = labels(60, 0);
      return standingByBoth(rule, said, said, { labelled: 20, precisionPercent: 50, rolling: 10, ...plan });
    };
    expect(by({})).toMatchObject({ standing: 'earned', earns: rule.earns });
    expect(by({ labelled: 61 }).standing).toBe('learning');
    expect(by({ precisionPercent: 95 }).standing).toBe('learning');
    expect(by({ rolling: 61 }).standing).toBe('learning');
    expect(standingByBoth({ incident: 'abuse' }, [], [], { ...rule.earns, labelled: 1000 }).standing).toBe('redLine');
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
