import { expect, test } from 'vitest';
import type { MetricValue } from '../metrics/metricValue.ts';
import { explainTarget } from './explain.ts';
import { fraction, toDecimal, toFixed } from './fraction.ts';
import { planNeeds } from './planNeeds.ts';
import type { Plan, PlanTarget } from './planSchema.ts';
import type { ResolvedItem } from './resolvePlan.ts';
import { score } from './score.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';
import { targetInForce } from './targetInForce.ts';
import { assessed, figure, rate, resolved, shippedPlan } from './testing.ts';

const empty: ScoreInput = { values: {}, tier: null, promotion: false, vetoes: [] };
const byLoad = {
  byLoad: { metric: 'load_per_8h', threshold: '100', below: '30', reached: '60', unknown: '60' },
};
const name = { zh: '平均响应', en: 'Average response' };

/** One item of weight 100 held against this target. */
function single(
  metric: string,
  target: PlanTarget,
  attainment: Plan['blocks'][number]['items'][number]['attainment'] = { curve: 'ratio' },
) {
  const { promotion: _, ...rest } = shippedPlan('appliance-aftersales');
  const item = { id: 'only', name, metric, target, attainment };
  return resolved({ ...rest, blocks: [{ id: 'all', name, weight: '100', values: 'period', items: [item] }] });
}
function itemOf(plan: ReturnType<typeof single>): ResolvedItem {
  const item = plan.blocks[0]?.items[0];
  if (!item) throw new Error('no item');
  return item;
}
const responses = (target: PlanTarget, days: TargetDay[]) =>
  targetInForce(itemOf(single('avg_response_seconds', target)), { ...empty, days: { avg_response_seconds: days } });
const day = (number: number, volume: number, load: string | null, relax: string | null = null): TargetDay => ({
  day: `2026-10-${String(number).padStart(2, '0')}`,
  volume: String(volume),
  load,
  relax,
});

test('the load decides per day and the period is weighted by turns; exactly 100 counts as high', () => {
  const days = [day(1, 100, '99.99'), day(2, 200, '100')];
  const force = responses(byLoad, days);
  expect(force.target && toDecimal(force.target)).toBe('50');
  expect(force.why).toEqual({
    kind: 'byLoad',
    threshold: '100',
    days: [
      { load: 'below', days: 1, target: '30' },
      { load: 'reached', days: 1, target: '60' },
    ],
  });
});

test('a day without work has no say, and a day without attendance takes the default of the plan', () => {
  const force = responses(byLoad, [day(1, 100, '50'), day(2, 0, '120'), day(3, 100, null)]);
  expect(force.target && toDecimal(force.target)).toBe('45');
  expect(force.why).toMatchObject({
    days: [
      { load: 'below', days: 1 },
      { load: 'unknown', days: 1 },
    ],
  });
  expect(responses(byLoad, []).target).toEqual(fraction('60'));
});

test('a promotion day is relaxed after its load has decided', () => {
  const force = responses(byLoad, [day(1, 100, '50'), day(2, 100, '150', '1.5')]);
  expect(force.target && toDecimal(force.target)).toBe('60');
  expect(force.relaxed).toEqual({ days: 1, factors: ['1.5'] });
});

test('relaxing lowers a rate that must be reached', () => {
  const item = itemOf(single('csat_rate', '90'));
  const force = targetInForce(item, { ...empty, days: { csat_rate: [day(1, 10, null, '1.5'), day(2, 10, null)] } });
  expect(force.target && toDecimal(force.target)).toBe('75');
});

test('a tier has its own target, people without one take the default', () => {
  const item = itemOf(single('csat_rate', { byTier: { junior: '75', mid: '80', senior: '90', unknown: '75' } }));
  expect((['junior', 'senior', null] as const).map((tier) => targetInForce(item, { ...empty, tier }).target)).toEqual(
    ['75', '90', '75'].map(fraction),
  );
});

test('a target may be a factor of another figure, and there is none without that figure', () => {
  const plan = single('csat_rate', { ofMetric: { metric: 'first_time_fix_rate', factor: '1.3' } });
  const input: ScoreInput = {
    ...empty,
    values: { first_time_fix_rate: { figure: rate('20', '40') }, csat_rate: { figure: rate('52', '100') } },
  };
  expect(score(plan, input)).toMatchObject({ total: '80.00' });
  const without: ScoreInput = { ...empty, values: { csat_rate: { figure: rate('52', '100') } } };
  expect(score(plan, without)).toMatchObject({ status: 'unrated', items: [{ status: 'noData', value: '52' }] });
});

test('a factor of a figure of too few observations, or of nothing, is no target and says why; a card of before is scored as it was', () => {
  const plan = single('csat_rate', { ofMetric: { metric: 'first_time_fix_rate', factor: '1.3' } });
  const given = (other: MetricValue, targets: { targets?: 2 } = { targets: 2 }): ScoreInput => ({
    ...{ ...empty, ...targets },
    values: { first_time_fix_rate: { figure: other }, csat_rate: { figure: rate('52', '100') } },
  });
  const few: MetricValue = { status: 'lowSample', value: '0', numerator: '0', denominator: '1', n: 1 };
  const none = rate('0', '40');
  const told = (input: ScoreInput) => {
    const [found] = score(plan, input).items;
    return found && [found.target, found.attainment, explainTarget(found, itemOf(plan))?.zh];
  };
  expect(told(given(few))).toEqual([null, null, '所依据的指标样本不足，不作目标']);
  expect(told(given(none))).toEqual([null, null, '所依据的指标为 0，不作目标']);
  expect(told(given(rate('20', '40')))).toEqual(['65', '0.8', '50 的 1.3 倍']);
  for (const other of [few, none]) expect(told(given(other, {}))?.slice(0, 2)).toEqual(['0', '1']);
});

test('a target for a month is for all months of the figure, also where an input or the tier gives it; a card of before is scored as it was', () => {
  const targetOf = (target: PlanTarget, more: Partial<ScoreInput>) => {
    const { plan } = single('kb_adopted', '2');
    const given = { id: 't', name, about: name, min: '1', max: '9', value: '2' };
    const blocks = plan.blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => ({ ...item, target, perMonth: true })),
    }));
    const values = { kb_adopted: { figure: assessed('3'), period: '2026-Q3', months: 3 } };
    const item = itemOf(resolved({ ...plan, blocks, inputs: [...plan.inputs, given] }));
    const { target: found, why } = targetInForce(item, { ...empty, ...more, values });
    return [found && toDecimal(found), why.kind];
  };
  const byTier = { byTier: { junior: '2', mid: '3', senior: '4', unknown: '2' } };
  expect(targetOf('2', {})).toEqual(['6', 'perMonth']);
  expect(targetOf({ input: 't' }, { targets: 2 })).toEqual(['6', 'perMonth']);
  expect(targetOf(byTier, { targets: 2, tier: 'senior' })).toEqual(['12', 'perMonth']);
  expect([targetOf({ input: 't' }, {}), targetOf(byTier, {})]).toEqual([
    ['2', 'input'],
    ['2', 'byTier'],
  ]);
});

test('what a target looks at may be counted with options of its own, and is asked for with them', () => {
  const other = 'inquiry_conversion_rate:inquiry=presale';
  const plan = single('csat_rate', {
    ofMetric: { metric: 'inquiry_conversion_rate', options: { inquiry: 'presale' }, factor: '1.3' },
  });
  const values = { inquiry_conversion_rate: { figure: rate('90', '100') }, [other]: { figure: rate('20', '40') } };
  const force = targetInForce(itemOf(plan), { ...empty, values });
  expect(force.target && toDecimal(force.target)).toBe('65');
  expect(force).toMatchObject({ why: { kind: 'ofMetric', metric: other, value: '50' } });
  expect(planNeeds(plan).period).toContain(other);
  expect(planNeeds(plan).period).not.toContain('inquiry_conversion_rate');
  const loaded = single('csat_rate', {
    byLoad: { ...byLoad.byLoad, metric: 'avg_response_seconds', options: { clock: 'business' } },
  });
  expect([...planNeeds(loaded).load]).toEqual([['csat_rate', 'avg_response_seconds:clock=business']]);
});

test('worked examples 1 and 3: figures of the sources against their targets', () => {
  // 30 s rate 75.00 in the range 90–95: 80 · 75/90; average response 252.5 s against 60 s.
  const rated = score(single('csat_rate', '95', { curve: 'range', pass: '90' }), {
    ...empty,
    values: { csat_rate: { figure: rate('75', '100') } },
  });
  expect(rated.total).toBe('66.67');
  const replyRate = score(single('csat_rate', '90', { curve: 'range', pass: '70' }), {
    ...empty,
    values: { csat_rate: { figure: rate('80', '100') } },
  });
  expect(replyRate.total).toBe('90.00');
  const slow = score(single('avg_response_seconds', byLoad), {
    ...empty,
    values: { avg_response_seconds: { figure: figure('15150', '60', '1') } },
  });
  expect(slow.total).toBe(toFixed(fraction('6000/252.5'), 2));
});

test('worked example 3: two turns are too few for a score and the figure is still shown', () => {
  const card = score(single('avg_response_seconds', byLoad), {
    ...empty,
    values: { avg_response_seconds: { figure: figure('505', '2', '1') } },
  });
  expect(card).toMatchObject({ status: 'unrated', items: [{ status: 'lowSample', value: '252.5', n: 2 }] });
});
