import { describe, expect, test } from 'vitest';
import { conclude } from './conclude.ts';
import { fraction, toDecimal, toFixed } from './fraction.ts';
import type { Plan } from './planSchema.ts';
import { score } from './score.ts';
import type { ItemScore, Scorecard } from './scorecard.ts';
import { assessed, exampleFour, noData, rate, resolved, shippedPlan, withValues } from './testing.ts';

const desk = shippedPlan('appliance-aftersales');
const technician = shippedPlan('appliance-aftersales-technician');
const item = (card: Scorecard, id: string): ItemScore => {
  const found = card.items.find((each) => each.id === id);
  if (!found) throw new Error(`no item ${id}`);
  return found;
};
const rounded = (card: Scorecard, decimals: number) =>
  Object.fromEntries(
    card.items.map(({ id, points }) => [id, points === null ? null : toFixed(fraction(points), decimals)]),
  );

describe('worked example 4', () => {
  test('comes out to the last digit for the desk', () => {
    const card = score(resolved(desk), exampleFour);
    expect(rounded(card, 4)).toEqual({
      first_contact_resolution: '19.2941',
      ticket_cycle: '14.7000',
      csat: '15.0000',
      repeat_complaints: '8.3333',
      first_time_fix: '10.0000',
      professionalism: '8.8000',
      completeness: '9.5000',
      collaboration: '4.5000',
      knowledge: '2.5000',
    });
    expect(card.blocks.map(({ points }) => points && toFixed(fraction(points), 2))).toEqual(['67.33', '25.30']);
    expect(card).toMatchObject({ status: 'rated', total: '92.63', grade: 'senior', coefficient: '1.2' });
    expect(item(card, 'first_contact_resolution').points).toBe('19.2941176470588235294117647058823529');
  });

  test('scores each priority against its own target, weighted by tickets', () => {
    const cycle = item(score(resolved(desk), exampleFour), 'ticket_cycle');
    expect(cycle).toMatchObject({ attainment: '0.98', points: '14.7', value: '20.3', target: null });
    expect(cycle.parts).toEqual([
      { key: 'normal', value: '22', target: '24', n: 180, attainment: '1' },
      { key: 'urgent', value: '5', target: '4', n: 20, attainment: '0.8' },
    ]);
  });

  test('comes out for the technician, whose weights are 55/60 of the desk and exact', () => {
    const card = score(resolved(technician), exampleFour);
    expect(card.items.slice(0, 5).map(({ weight }) => toFixed(fraction(weight), 4))).toEqual([
      '18.3333',
      '13.7500',
      '13.7500',
      '9.1667',
      '15.0000',
    ]);
    // 55/3 · 82/85 + 13.75 · 0.98 + 13.75 + 55/6 · 5/6 + 15, by hand: 17.6862745… + 13.475 + 13.75 + 7.6388… + 15 = 67.5501634
    expect(card.blocks[0]?.points && toFixed(fraction(card.blocks[0].points), 7)).toBe('67.5501634');
    expect(card).toMatchObject({ total: '92.85', grade: 'senior' });
  });
});

describe('grades', () => {
  const plan = resolved(desk);
  test.each([
    ['89.995', '90.00', 'senior', '1.2'],
    ['89.994', '89.99', 'mid', '1'],
    ['80', '80.00', 'mid', '1'],
    ['79.99', '79.99', 'junior', '0.8'],
    ['70', '70.00', 'junior', '0.8'],
    ['69.99', '69.99', 'needs_improvement', null],
    ['0', '0.00', 'needs_improvement', null],
    ['100', '100.00', 'senior', '1.2'],
  ])('an exact sum of %s is %s and %s', (exact, total, grade, coefficient) => {
    expect(conclude(plan, fraction(exact), [])).toMatchObject({ total, grade, coefficient });
  });

  test('a sum of thirds that is exactly on an edge is on it, not below it', () => {
    // Three times 100/3 · 0.89995 = 89.995 exactly; each cut off after 34 digits they would sum to 89.9949… and 中级.
    const third = (id: string, metric: string) => ({
      id,
      name: desk.name,
      metric,
      weight: '100/3',
      target: '100',
      attainment: { curve: 'ratio' as const },
    });
    const items = [
      third('a', 'csat_rate'),
      third('b', 'first_contact_resolution_rate'),
      third('c', 'first_time_fix_rate'),
    ];
    const { promotion: _, ...rest } = desk;
    const plan: Plan = { ...rest, blocks: [{ id: 'all', name: desk.name, weight: '100', values: 'period', items }] };
    const same = rate('17999', '20000');
    const figures = { csat_rate: same, first_contact_resolution_rate: same, first_time_fix_rate: same };
    expect(score(resolved(plan), withValues(exampleFour, figures))).toMatchObject({ total: '90.00', grade: 'senior' });
  });

  test('the input the source leaves open becomes the coefficient once it is given', () => {
    const given = { ...desk, inputs: desk.inputs.map((input) => ({ ...input, value: '0.5' })) };
    expect(conclude(resolved(given), fraction('60'), [])).toMatchObject({
      grade: 'needs_improvement',
      coefficient: '0.5',
    });
    expect(conclude(plan, fraction('60'), []).steps.at(-1)).toEqual({
      kind: 'coefficient',
      coefficient: null,
      input: 'needs_improvement_coefficient',
    });
  });

  test('a confirmed red line keeps the score and forces the lowest grade and coefficient 0', () => {
    const strict = resolved({ ...desk, vetoes: [{ incident: 'abuse', name: { zh: '辱骂', en: 'Abuse' } }] });
    const abuse = { incident: 'abuse', incidentId: 'i1', at: '2026-10-03T02:00:00Z' };
    const other = { incident: 'language', incidentId: 'i2', at: '2026-10-03T02:00:00Z' };
    expect(score(strict, { ...exampleFour, vetoes: [abuse, other] })).toMatchObject({
      total: '92.63',
      grade: 'needs_improvement',
      coefficient: '0',
      vetoes: [abuse],
    });
    expect(score(strict, { ...exampleFour, vetoes: [other] })).toMatchObject({
      total: '92.63',
      grade: 'senior',
      coefficient: '1.2',
      vetoes: [],
    });
  });
});

describe('missing data', () => {
  const plan = resolved(desk);

  test('an item without data gives its weight to the rest of its block, pro rata', () => {
    const card = score(plan, withValues(exampleFour, { csat_rate: noData }));
    expect(item(card, 'csat')).toMatchObject({
      status: 'noData',
      attainment: null,
      points: null,
      effectiveWeight: null,
      weight: '15',
    });
    expect(item(card, 'first_contact_resolution').effectiveWeight).toBe(toDecimal(fraction('1400/55')));
    expect(item(card, 'professionalism').effectiveWeight).toBe('10');
  });

  test('a small sample is shown, flagged, and gives no score', () => {
    const card = score(plan, withValues(exampleFour, { csat_rate: rate('20', '29') }));
    expect(item(card, 'csat')).toMatchObject({
      status: 'lowSample',
      value: '68.9655172413793103448275862068965517',
      n: 29,
      points: null,
    });
    expect(
      score(plan, withValues(exampleFour, { csat_rate: rate('20', '30') })).items.find(({ id }) => id === 'csat')
        ?.status,
    ).toBe('scored');
  });

  test('a block wholly without data gives its weight to the other blocks', () => {
    const none = { qa_score: noData, field_completeness: noData, collab_rating: noData, kb_adopted: noData };
    const card = score(plan, withValues(exampleFour, none));
    expect(card.status).toBe('rated');
    expect(item(card, 'first_contact_resolution').effectiveWeight).toBe(toDecimal(fraction('200/7')));
    expect(card.blocks[1]).toEqual({ id: 'qualitative', weight: '30', points: null });
  });

  test('more than half of the weight missing is unrated, exactly half is rated', () => {
    const half = withValues(exampleFour, {
      first_contact_resolution_rate: noData,
      csat_rate: noData,
      ticket_cycle_hours: noData,
    });
    expect(score(plan, half)).toMatchObject({ status: 'rated' });
    const more = withValues(half, { kb_adopted: noData });
    expect(score(plan, more)).toMatchObject({ status: 'unrated', total: null, grade: null, coefficient: null });
    expect(score(plan, more).steps).toEqual([{ kind: 'unrated', missing: '55', allowed: '50' }]);
  });

  test('a plan may ask for another smallest number than the catalogue', () => {
    const blocks = desk.blocks.map((block) => ({
      ...block,
      items: block.items.map((each) => (each.id === 'csat' ? { ...each, minimumN: '10' } : each)),
    }));
    const card = score(resolved({ ...desk, blocks }), withValues(exampleFour, { csat_rate: rate('9', '10') }));
    expect(item(card, 'csat')).toMatchObject({ status: 'scored', attainment: '1', minimumN: 10 });
  });

  test('no complaint at all is full marks, and no ticket is no data', () => {
    const card = score(plan, withValues(exampleFour, { repeat_complaint_rate: rate('0', '200') }));
    expect(item(card, 'repeat_complaints').points).toBe('10');
  });
});

describe('promotion', () => {
  const plan = resolved(desk);
  const alerts = withValues({ ...exampleFour, promotion: true }, { alert_followup_2h_rate: rate('45', '50') });

  test('following up alerts takes 5 from ticket cycle in a promotion period', () => {
    const card = score(plan, alerts);
    expect(item(card, 'ticket_cycle')).toMatchObject({ weight: '10', points: '9.8' });
    expect(item(card, 'alert_followup')).toMatchObject({ block: 'quantitative', weight: '5', points: '4.5' });
    expect(card.total).toBe('92.23');
  });

  test('outside a promotion period, or without enough alerts, the weight stays', () => {
    expect(score(plan, { ...alerts, promotion: false }).total).toBe('92.63');
    expect(score(plan, withValues(alerts, { alert_followup_2h_rate: rate('3', '5') })).total).toBe('92.63');
  });

  test('a relaxed day relaxes the target by its share of the work', () => {
    const days = {
      ticket_cycle_hours: [
        { day: '2026-11-10', volume: '150', load: null, relax: null },
        { day: '2026-11-11', volume: '50', load: null, relax: '1.5' },
      ],
    };
    const cycle = item(score(plan, { ...exampleFour, promotion: true, days }), 'ticket_cycle');
    // (150 · 1 + 50 · 1.5) / 200 = 1.125: 27 h and 4.5 h.
    expect(cycle.parts.map(({ target }) => target)).toEqual(['27', '4.5']);
    expect(cycle.relaxed).toEqual({ days: 1, factors: ['1.5'] });
    expect(cycle.attainment).toBe('0.99');
  });
});

describe('the latest approved assessment', () => {
  test('a monthly number of contributions is asked for each month of a quarterly review', () => {
    const values = { ...exampleFour.values, kb_adopted: { figure: assessed('3'), period: '2026-Q3', months: 3 } };
    const card = score(resolved(desk), { ...exampleFour, values });
    expect(item(card, 'knowledge')).toMatchObject({
      target: '6',
      attainment: '0.5',
      points: '2.5',
      valuePeriod: '2026-Q3',
      targetWhy: { kind: 'perMonth', months: 3, each: '2' },
    });
  });
});

test('the steps can be redone: each running total is the one before plus the points', () => {
  const card = score(resolved(desk), exampleFour);
  const items = card.steps.filter((step) => step.kind === 'item');
  expect(items.map(({ running }) => toFixed(fraction(running), 4))).toEqual([
    '19.2941',
    '33.9941',
    '48.9941',
    '57.3275',
    '67.3275',
    '76.1275',
    '85.6275',
    '90.1275',
    '92.6275',
  ]);
  expect(card.steps.slice(-3)).toEqual([
    { kind: 'round', sum: '92.6274509803921568627450980392156863', total: '92.63' },
    { kind: 'grade', grade: 'senior', from: '90', to: null },
    { kind: 'coefficient', coefficient: '1.2', input: null },
  ]);
});
