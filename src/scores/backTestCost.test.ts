import { expect, test } from 'vitest';
import { sideOf } from './backTest.ts';
import { costOf, type PaidCard, ranksOf } from './backTestCost.ts';
import { blend } from './blend.ts';
import { noPayBase } from './gradePay.ts';
import { score } from './score.ts';
import { exampleFour, figure, redLined, resolved, shippedPlan } from './testing.ts';

const desk = resolved(shippedPlan('jd-service-desk'));
const card = (agentId: string, period: string, total: string, salaryFen: bigint | null): PaidCard => ({
  person: { agentId, name: agentId, team: '', shop: '', tier: null },
  ...{ period, plan: desk, pay: { salaryFen, performanceFen: null }, card: blend(desk, [{ period, total }]) },
});

test('months of year-end bonus are paid once, by the mean of the months tried, and not month by month', () => {
  const cards = [
    // 94 and 98: A+ of 8 months on the mean of 96, at the salary of the later month.
    ...[card('x', '2026-08', '94.00', 600_000n), card('x', '2026-09', '98.00', 700_000n)],
    // 90 and 84: A of 6.5 months on 87; no salary known.
    ...[card('y', '2026-08', '90.00', null), card('y', '2026-09', '84.00', null)],
  ];
  expect(costOf(cards)).toEqual({
    ...{ coefficients: null, withoutCoefficient: 0, payFen: null },
    bonus: { people: 2, months: '14.5', payFen: '5600000' },
  });
});

test('whoever has a red line costs no bonus where it reaches the year, and the whole of it where the plan lets it reach less far', () => {
  const vetoes = [{ incident: 'abuse', incidentId: 'i', at: '2026-08-01' }];
  const costBy = (upTo: 'quarter' | 'year') => {
    const plan = resolved({ ...desk.plan, vetoReach: { upTo } });
    const plain = card('x', '2026-08', '96.00', 600_000n);
    return costOf([{ ...plain, plan, card: { ...plain.card, vetoes } }]).bonus;
  };
  expect(costBy('year')).toEqual({ people: 1, months: '0', payFen: '0' });
  expect(costBy('quarter')).toEqual({ people: 1, months: '8', payFen: '4800000' });
});

test('months of year-end bonus are multiplied by what the team came to, where the plan says so of the year', () => {
  const { teamCoefficient: rule } = desk.plan;
  if (!rule) throw new Error('no rule');
  const by = resolved({ ...desk.plan, teamCoefficient: { ...rule, enabled: true } });
  const paid = (agentId: string, team: string, total: string): PaidCard => {
    const plain = card(agentId, '2026-09', total, 600_000n);
    return { ...plain, plan: by, person: { ...plain.person, team } };
  };
  // 6.5 × (80 ÷ 85) = 6.1176…, kept as 6.1176; 一组 has no figure, so that A+ stays 8 months.
  const cards = [paid('x', '二组', '90.00'), paid('y', '一组', '96.00')];
  expect(costOf(cards, new Map([['二组', figure('480', '6', '1', 60)]])).bonus).toEqual({
    ...{ people: 2, months: '14.1176', payFen: '8470560' },
  });
});

test('a forced distribution counts its grades among those tried in each month, and none where they are too few', () => {
  const month = (period: string, people: number) =>
    Array.from({ length: people }, (_, i) => card(`a${i}`, period, `${60 + i}.00`, null));
  // Of twenty: 5% are one, 20% more four, the lowest 15% three.
  expect(
    ranksOf([...month('2026-08', 20), ...month('2026-09', 20)]).map(({ grade, count }) => [grade.zh, count]),
  ).toEqual([
    ['火箭', 2],
    ['卫星', 8],
    ['标准', 24],
    ['待改进', 6],
    ['不合格', 0],
  ]);
  expect(ranksOf(month('2026-08', 19))).toEqual([]);
});

test('a card counts as vetoed where a red line graded it, not where it took a star', () => {
  const vetoes = [{ incident: 'abuse', incidentId: 'i', at: '2026-10-01' }];
  const [before, after] = [redLined('lowestGrade'), redLined('starDown')].map((plan) => ({
    ...{ plan, version: 1, card: score(plan, { ...exampleFour, vetoes }) },
  }));
  const person = { agentId: 'x', name: 'x', team: '', shop: '', tier: null };
  const tried = before && after ? [{ person, period: '2026-10', before, after, pay: noPayBase }] : [];
  expect([sideOf(tried, 'before').vetoed, sideOf(tried, 'after').vetoed]).toEqual([1, 0]);
});
