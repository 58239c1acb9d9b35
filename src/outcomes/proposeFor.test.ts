import { expect, test } from 'vitest';
import { shippedPlan } from '../scores/testing.ts';
import type { ProposalKind, Suggestion } from './proposal.ts';
import { type Ground, proposeFor } from './proposeFor.ts';
import { aCard, item, type Told } from './testing.ts';

type ShippedId = Parameters<typeof shippedPlan>[0];

/** The proposals of the last of these periods, by the plan; each period is told by its grade, or by plan and grade. */
function proposed(
  planId: ShippedId,
  periods: readonly (readonly [string, string | null, Told?])[],
  kinds: ProposalKind[],
) {
  const cards = periods.map(([period, grade, told]) => aCard('zhao', period, grade, { planId, ...told }));
  const card = cards.at(-1);
  if (!card) throw new Error('no period');
  const kind = card.period.includes('Q') ? 'quarter' : card.period.length === 4 ? 'year' : 'month';
  const issued = cards.map((each) => ({
    ...{
      period: each.period,
      version: each.version,
      planId: each.plan.id,
      grade: each.grade,
      band: each.grade,
      total: each.card.total,
    },
  }));
  const ground: Ground = { plan: shippedPlan(planId), kind, card, issued, months: [card], starMonths: cards };
  return proposeFor(ground).filter((each) => kinds.includes(each.kind));
}

test('three senior months propose a raise of 5–10%, resting on those three cards; the counter then starts again', () => {
  const senior = (month: number): [string, string] => [`2026-0${month}`, 'senior'];
  const [raise, ...others] = proposed('appliance-aftersales', [1, 2, 3].map(senior), ['raise']);
  expect(others).toEqual([]);
  expect(raise).toMatchObject({ rule: 'raise', suggestion: { kind: 'raise', from: '5', to: '10' } });
  expect(raise?.basis.map(({ period, grade }) => [period, grade?.zh])).toEqual([
    ['2026-01', '高级'],
    ['2026-02', '高级'],
    ['2026-03', '高级'],
  ]);
  expect(proposed('appliance-aftersales', [1, 2, 3, 4].map(senior), ['raise'])).toEqual([]);
});

test('an unrated month is skipped and is no basis; a card by another plan starts the count again', () => {
  const months: [string, string | null][] = [
    ['2026-01', 'needs_improvement'],
    ['2026-02', null],
    ['2026-03', 'needs_improvement'],
  ];
  const [plan] = proposed('appliance-aftersales', months, ['improvementPlan']);
  expect(plan?.basis.map(({ period }) => period)).toEqual(['2026-01', '2026-03']);
  const [first, , last] = months;
  if (!first || !last) throw new Error('three months');
  const elsewhere: [string, string, Told] = ['2026-02', 'senior', { planId: 'optimised-service' }];
  expect(proposed('appliance-aftersales', [first, elsewhere, last], ['improvementPlan'])).toEqual([]);
});

test('training names the items lost, the largest loss first, and how many months of it are paid', () => {
  const items = [item('csat', '15', '10'), item('first_time_fix', '10', '1.5'), item('ticket_cycle', '15', null)];
  const [training] = proposed(
    'appliance-aftersales',
    [['2026-01', 'needs_improvement', { card: { items } }]],
    ['training'],
  );
  const lost = training?.suggestion.kind === 'training' ? training.suggestion.lost : [];
  expect(lost.map((each) => [each.item, each.lost])).toEqual([
    ['first_time_fix', '8.50'],
    ['csat', '5.00'],
  ]);
  const [paid] = proposed('jd-service-desk', [['2026-Q3', 'improve']], ['training']);
  expect(paid?.suggestion).toMatchObject({ paidMonths: 3 });
});

test('honour, promotion to the next tier and transfer come as the plan says', () => {
  const suggestions = (periods: [string, string][], kind: ProposalKind) =>
    proposed('jd-training-assessment', periods, [kind]).map(({ suggestion }) => suggestion);
  expect(suggestions([['2026-Q1', 'senior']], 'honour')).toMatchObject([{ title: { zh: '季度服务之星' } }]);
  const two: [string, string][] = [
    ['2026-Q1', 'senior'],
    ['2026-Q2', 'senior'],
  ];
  expect(suggestions(two, 'promotion')).toEqual([{ kind: 'promotion', from: 'junior', to: 'mid' }]);
  const poor: [string, string][] = [
    ['2026-01', 'needs_improvement'],
    ['2026-02', 'needs_improvement'],
  ];
  expect(suggestions(poor, 'transfer')).toEqual([{ kind: 'transfer' }]);
});

const pay: ProposalKind[] = ['coefficient', 'bonusMonths', 'mentorShare', 'incentive'];

test('a month pays its coefficient once: not an unrated one, not again with the quarter; months of salary come with the year alone', () => {
  const kindsOf = (plan: ShippedId, period: string, grade: string | null) =>
    proposed(plan, [[period, grade]], pay).map(({ kind }) => kind);
  expect(kindsOf('appliance-aftersales', '2026-01', 'senior')).toEqual(['coefficient']);
  expect(kindsOf('appliance-aftersales', '2026-01', null)).toEqual([]);
  expect(kindsOf('appliance-aftersales', '2026-Q1', 'senior')).toEqual([]);
  expect(kindsOf('jd-service-desk', '2026-01', 'a')).toEqual([]);
  expect(kindsOf('jd-service-desk', '2026', 'a')).toEqual(['bonusMonths']);
});

test('a manager’s incentives carry rate, factor and what they are of; a mentor shares the team’s result', () => {
  const incentive = { kind: 'incentive' as const, incentive: 'commission', rate: '2', factor: '0.8', value: '1.6' };
  const figure = { status: 'ok' as const, value: '300', numerator: '90000', denominator: '300', n: 300 };
  const input = { values: { avg_order_value: { figure } }, tier: null, promotion: false, vetoes: [] };
  const told: Told = { card: { steps: [{ kind: 'mentor', mentees: ['new'] }, incentive] }, input };
  const found = proposed('taobao-service-manager', [['2026-01', 'mid', told]], pay);
  expect(found.map(({ suggestion }) => suggestion)).toEqual([
    { kind: 'mentorShare', coefficient: '1.2', mentees: ['new'] },
    { kind: 'incentive', rate: '2', factor: '0.8', percent: '1.6', of: '90000' },
  ] satisfies Suggestion[]);
});

test('a star more after three months that met everything, one less for each red line: two proposals with their own reasons', () => {
  const met = ['conversion', 'order_value', 'repurchase'].map((id) => item(id, '4', '4', { attainment: '1' }));
  const starred: Told = { card: { items: met, steps: [{ kind: 'star', incidents: ['i1', 'i2'] }] } };
  const months: [string, string, Told][] = [
    ['2026-01', 'mid', { card: { items: met } }],
    ['2026-02', 'mid', { card: { items: met } }],
    ['2026-03', 'mid', starred],
  ];
  const found = proposed('taobao-service-manager', months, ['star']);
  expect(found.map(({ rule, basis, suggestion }) => [rule, basis.length, suggestion])).toEqual([
    ['gained', 3, { kind: 'star', change: 1, incidents: [] }],
    ['redLine', 1, { kind: 'star', change: -2, incidents: ['i1', 'i2'] }],
  ]);
});

test('a confirmed red line is a proposal that names it, never a consequence by itself', () => {
  const vetoes = [{ incident: 'abuse', incidentId: 'i9', at: '2026-01-05 10:00:00' }];
  const [found] = proposed('jd-service-desk', [['2026-01', 'unqualified', { card: { vetoes } }]], ['redLine']);
  expect(found?.suggestion).toMatchObject({ incidents: [{ id: 'i9', name: { zh: '辱骂客户' } }] });
  expect(proposed('appliance-aftersales', [['2026-01', 'senior', { card: { vetoes } }]], ['redLine'])).toEqual([]);
});
