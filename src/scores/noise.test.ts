import { describe, expect, test } from 'vitest';
import type { Interval } from '../metrics/interval.ts';
import { explainBoundary } from './explainNoise.ts';
import { type FigureIntervals, noiseOf } from './noise.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { ScoreInput } from './scorecard.ts';
import { exampleFour, rate, redLined, resolved, shippedPlan, withValues } from './testing.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const between = (low: number, high: number): Interval => ({ method: 'wilson', low, high, reason: null });
const noise = (whole: FigureIntervals['whole'], input = exampleFour, parts: FigureIntervals['parts'] = {}) =>
  noiseOf(plan, input, score(plan, input), { whole, parts });

describe('the interval of a total', () => {
  test('scores both ends of each figure and adds the moves by the root of their squares', () => {
    // FCR 82 ± 5.1 of 85: 20 × 76.9 ÷ 85 and full marks; repeat complaints 6% from 5% to 8%: full marks and 10 × 5 ÷ 8.
    const found = noise({
      first_contact_resolution_rate: between(76.9, 87.1),
      repeat_complaint_rate: between(5, 8),
    });
    const [fcrDown, fcrUp] = [(20 * (82 - 76.9)) / 85, 20 * (1 - 82 / 85)];
    const [repeatUp, repeatDown] = [10 * (1 - 5 / 6), 10 * (5 / 6 - 5 / 8)];
    expect(found.total?.[0]).toBeCloseTo(92.6275 - Math.hypot(fcrDown, repeatDown), 3);
    expect(found.total?.[1]).toBeCloseTo(92.6275 + Math.hypot(fcrUp, repeatUp), 3);
    const fcr = found.items.find(({ item }) => item === 'first_contact_resolution');
    expect(fcr?.points?.[0]).toBeCloseTo((20 * 76.9) / 85, 3);
    expect(fcr?.points?.[1]).toBe(20);
  });

  test('moves the parts of an item that is judged by parts, each to its own end', () => {
    const found = noise({ ticket_cycle_hours: between(18, 23) }, exampleFour, {
      ticket_cycle_hours: { normal: between(20, 24), urgent: between(4, 8) },
    });
    const cycle = found.items.find(({ item }) => item === 'ticket_cycle');
    // Normal tickets stay within 24 h; urgent ones between 4 h (full) and 8 h (half).
    expect(cycle?.points?.map((each) => each.toFixed(4))).toEqual(['14.2500', '15.0000']);
  });

  test('names the scored items whose doubt it leaves out, and is absent when all are', () => {
    const found = noise({ csat_rate: { method: null, low: null, high: null, reason: 'tooFew' } });
    expect(found.total).toBeNull();
    expect(found.silent).toContain('csat');
  });
});

describe('a grade boundary', () => {
  const nearby = withValues(exampleFour, { first_contact_resolution_rate: rate('72', '100') });

  test('inside the range is told, with both grades and the numbers', () => {
    const card = score(plan, nearby);
    const found = noise({ first_contact_resolution_rate: between(62, 80) }, nearby);
    expect(card.total).toBe('90.27');
    expect(found.boundary).toEqual({ at: 90, above: 'senior', below: 'mid' });
    expect(explainBoundary(plan, card, found)?.zh).toBe(
      '总分 90.27 的 95% 区间是 87.92 到 92.16，包含“高级”与“中级”的分界 90 分：样本有限，这个等级还说不准。',
    );
  });

  test('outside the range is not, nor is there any where a red line decides the grade', () => {
    expect(noise({ first_contact_resolution_rate: between(80, 84) }).boundary).toBeNull();
    const whole = { first_contact_resolution_rate: between(62, 80) };
    const boundaryOf = (by: ResolvedPlan, input: ScoreInput) =>
      noiseOf(by, input, score(by, input), { whole, parts: {} }).boundary;
    const vetoes = [{ incident: 'abuse', incidentId: 'i', at: '2026-10-01' }];
    expect(boundaryOf(redLined('lowestGrade'), nearby)).not.toBeNull();
    expect(boundaryOf(redLined('lowestGrade'), { ...nearby, vetoes })).toBeNull();
    // One that takes a star leaves the grade to the total, which is as doubtful as before.
    expect(boundaryOf(redLined('starDown'), { ...nearby, vetoes })).toEqual({ at: 90, above: 'senior', below: 'mid' });
  });
});
