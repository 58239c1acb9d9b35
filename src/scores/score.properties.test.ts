import { expect, test } from 'vitest';
import type { MetricValue } from '../metrics/metricValue.ts';
import { add, compare, type Fraction, fraction, subtract, sum, toFixed, zero } from './fraction.ts';
import type { Plan } from './planSchema.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';
import { figure, noData, resolved, shippedPlan } from './testing.ts';

/** Seeded, so that a failure can be repeated (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const desk = shippedPlan('appliance-aftersales');
const technician = shippedPlan('appliance-aftersales-technician');
const percentages = [
  'first_contact_resolution_rate',
  'csat_rate',
  'repeat_complaint_rate',
  'first_time_fix_rate',
  'field_completeness',
];
const means = ['ticket_cycle_hours', 'qa_score', 'collab_rating', 'kb_adopted'];
const metrics = [...percentages, ...means];

function someFigure(metric: string, next: () => number): MetricValue {
  if (next() < 0.15) return noData;
  const n = 1 + Math.floor(next() * 120);
  if (percentages.includes(metric)) return figure(String(Math.floor(next() * (n + 1))), String(n), '100', n);
  return figure(String(Math.floor(next() * n * 100)), String(n), '1', n);
}

function someInput(next: () => number): ScoreInput {
  const values = Object.fromEntries(metrics.map((metric) => [metric, { figure: someFigure(metric, next) }]));
  const part = () => figure(String(Math.floor(next() * 900)), String(1 + Math.floor(next() * 60)), '1');
  return {
    values,
    byPriority: { ticket_cycle_hours: { normal: part(), urgent: part() } },
    tier: null,
    promotion: false,
    vetoes: [],
  };
}

const cases = Array.from({ length: 300 }, (_, seed) => ({
  seed,
  plan: seed % 2 === 0 ? desk : technician,
  input: someInput(random(seed)),
}));
const close = (a: Fraction, b: Fraction) => {
  const difference = subtract(a, b);
  const size = difference.n < 0n ? -difference.n : difference.n;
  return compare({ n: size, d: difference.d }, fraction(`0.${'0'.repeat(29)}1`)) < 0;
};
const scored = (card: Scorecard) => card.items.filter(({ status }) => status === 'scored');

test('points lie between nothing and the weight', () => {
  for (const { plan, input } of cases) {
    const card = score(resolved(plan), input);
    for (const { points, effectiveWeight } of card.status === 'rated' ? scored(card) : []) {
      expect(points !== null && effectiveWeight !== null).toBe(true);
      expect(compare(fraction(points ?? '-1'), zero)).toBeGreaterThanOrEqual(0);
      expect(compare(fraction(points ?? '0'), fraction(effectiveWeight ?? '-1'))).toBeLessThanOrEqual(0);
    }
  }
});

test('the total is the sum of the points, rounded once', () => {
  let rated = 0;
  for (const { plan, input, seed } of cases) {
    const card = score(resolved(plan), input);
    if (card.total === null) continue;
    rated += 1;
    const points = sum(scored(card).map((item) => fraction(item.points ?? 'missing')));
    // The texts of points carry 34 decimals; nine of them differ from the exact sum by far less than a rounding edge needs.
    expect([seed, toFixed(add(points, fraction(`0.${'0'.repeat(30)}1`)), 2)]).toEqual([seed, card.total]);
  }
  expect(rated).toBeGreaterThan(100);
});

test('redistribution conserves the weight', () => {
  for (const { plan, input, seed } of cases) {
    const card = score(resolved(plan), input);
    if (card.status === 'unrated') continue;
    const weights = sum(scored(card).map((item) => fraction(item.effectiveWeight ?? 'missing')));
    expect([seed, close(weights, fraction('100'))]).toEqual([seed, true]);
  }
});

test('a better value never costs points', () => {
  const order = (card: Scorecard) => fraction(card.total ?? '0');
  for (const { plan, input, seed } of cases) {
    for (const metric of percentages) {
      const given = input.values[metric]?.figure;
      if (!given || given.status === 'noData' || given.numerator === given.denominator) continue;
      const more = figure(String(Number(given.numerator) + 1), given.denominator, '100', given.n);
      const changed = score(resolved(plan), { ...input, values: { ...input.values, [metric]: { figure: more } } });
      const direction = metric === 'repeat_complaint_rate' ? -1 : 1;
      const difference = compare(order(changed), order(score(resolved(plan), input))) * direction;
      expect([seed, metric, difference >= 0]).toEqual([seed, metric, true]);
    }
  }
});

test('the order in which items stand changes nothing', () => {
  const turned = (plan: Plan): Plan => ({
    ...plan,
    blocks: plan.blocks.map((block) => ({ ...block, items: block.items.toReversed() })).reverse(),
  });
  for (const { plan, input } of cases) {
    const { total, grade, status } = score(resolved(plan), input);
    expect(score(resolved(turned(plan)), input)).toMatchObject({ total, grade, status });
  }
});
