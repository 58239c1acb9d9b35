import { describe, expect, it } from 'vitest';
import { score } from '../../scores/score.ts';
import type { ScoreInput } from '../../scores/scorecard.ts';
import { assessed, exampleFour, rate, resolved, shippedPlan } from '../../scores/testing.ts';
import { correctInput } from './correctInput.ts';

const desk = resolved(shippedPlan('appliance-aftersales'));
const table = resolved(shippedPlan('jd-training-assessment'));
const csat = 'csat_rate';
const share = (n: number, numerator = 0) => ({
  ...{ metric: csat, day: '2026-10-12', priority: '' },
  ...{ numerator: String(numerator), denominator: String(n), n },
});

describe('what records counted', () => {
  it('is taken from the sums, and the rest is the figure that the others give', () => {
    const corrected = correctInput(desk, exampleFour, [], [share(13)]);
    expect(corrected.values[csat]?.figure).toEqual({ ...rate('187', '187'), status: 'ok' });
    expect(exampleFour.values[csat]?.figure.denominator).toBe('200');
  });

  it('leaves no data where nothing is left: a weight for the others, never a zero', () => {
    const all = correctInput(desk, exampleFour, [], [share(200, 187)]);
    expect(all.values[csat]?.figure).toMatchObject({ status: 'noData', value: null });
    const item = score(desk, all).items.find(({ id }) => id === 'csat');
    expect(item).toMatchObject({ status: 'noData', points: null });
  });

  it('on a day that does not count anyway is not taken out twice', () => {
    const off = { day: '2026-10-12', reason: 'outage' as const, entry: 'x' };
    const exempt = { [csat]: [{ ...off, figure: { numerator: '10', denominator: '20', n: 20 } }] };
    const input: ScoreInput = { ...exampleFour, exempt };
    const corrected = correctInput(desk, input, [], [share(13)]);
    const total = (each: ScoreInput) => score(desk, each).items.find(({ id }) => id === 'csat')?.points;
    expect(corrected.exempt?.[csat]?.[0]?.figure).toEqual({ numerator: '10', denominator: '7', n: 7 });
    expect(total(corrected)).toBe(total(input));
  });

  it('weighs a day less, and the day has the value of what is left of it', () => {
    const day = { load: null, relax: null };
    const days = {
      [csat]: [
        { ...day, day: '2026-10-12', volume: '20', value: '50' },
        { ...day, day: '2026-10-13', volume: '4', value: '25' },
      ],
    };
    const { days: left } = correctInput(desk, { ...exampleFour, days }, [], [share(10)]);
    expect(left?.[csat]).toEqual([
      { ...day, day: '2026-10-12', volume: '10', value: '100' },
      { ...day, day: '2026-10-13', volume: '4', value: '25' },
    ]);
  });
});

describe('what a person decides', () => {
  it('an incident is charged no more, and a red line of that id has no effect', () => {
    const at = { at: '2026-10-12 02:00:00.000', day: '2026-10-12', sessionId: null, severity: 'major' as const };
    const incidents = ['i1', 'i2'].map((incidentId) => ({ ...at, incidentId, incident: 'language' }));
    const vetoes = [{ incident: 'abuse', incidentId: 'i1', at: at.at }];
    const input: ScoreInput = { values: {}, tier: null, promotion: false, incidents, vetoes };
    const corrected = correctInput(table, input, [{ kind: 'incident', incidentId: 'i1' }], []);
    expect([corrected.vetoes, corrected.incidents]).toEqual([[], [incidents[1]]]);
  });

  it('a value that HR gives counts though there were too few observations, and days that did not count are no part of it', () => {
    const exempt = {
      [csat]: [{ day: '2026-10-12', reason: 'outage' as const, entry: 'x', figure: null }],
    };
    const input: ScoreInput = {
      ...exampleFour,
      exempt,
      values: { ...exampleFour.values, [csat]: { figure: rate('3', '9') } },
    };
    const value = { kind: 'value' as const, item: 'csat', part: null, value: '81' };
    const corrected = correctInput(desk, input, [value], []);
    expect(corrected.exempt).toEqual({});
    const item = score(desk, corrected).items.find(({ id }) => id === 'csat');
    expect(item).toMatchObject({ status: 'scored', value: '81', points: '13.5' });
  });

  it('a value of an item told by the latest assessment keeps the period it is of', () => {
    const input = {
      ...exampleFour,
      values: { ...exampleFour.values, qa_score: { figure: assessed('88'), period: '2026-09' } },
    };
    const value = { kind: 'value' as const, item: 'professionalism', part: null, value: '90' };
    expect(correctInput(desk, input, [value], []).values.qa_score).toMatchObject({
      period: '2026-09',
      figure: { status: 'ok', value: '90' },
    });
  });
});
