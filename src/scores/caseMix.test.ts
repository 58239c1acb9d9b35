import { expect, test } from 'vitest';
import { explainItem } from './explain.ts';
import { explainPlanItem } from './explainPlan.ts';
import { itemsById } from './itemsById.ts';
import { lifts } from './lift.ts';
import { noiseOf } from './noise.ts';
import type { Plan, PlanItem } from './planSchema.ts';
import { score } from './score.ts';
import type { ScoreInput } from './scorecard.ts';
import { catalogueById, rate, resolved, shippedPlan } from './testing.ts';

const name = { zh: '应答率', en: 'Reply rate' };
const item: PlanItem = {
  ...{ id: 'reply', name, metric: 'reply_rate', value: 'standardised', target: '90' },
  attainment: { curve: 'ratio' },
};
const { promotion: _, ...rest } = shippedPlan('appliance-aftersales');
const planOf = (one: PlanItem): Plan => ({
  ...rest,
  blocks: [{ id: 'all', name, weight: '100', values: 'period', items: [one] }],
});
const plan = resolved(planOf(item));
/** 142 of 200 under circumstances in which everybody has 135; everybody 220 of 400: 142 ÷ 135 × 55%. */
const mix = { denominator: '200', expected: '135', overall: { numerator: '220', denominator: '400' }, strata: 2 };
const input = (caseMix: ScoreInput['caseMix']): ScoreInput => ({
  values: { reply_rate: { figure: rate('142', '200') } },
  ...(caseMix ? { caseMix } : {}),
  ...{ tier: null, promotion: false, vetoes: [] },
});
const first = (given: ScoreInput) => {
  const [found] = score(plan, given).items;
  const of = itemsById(plan).get('reply');
  if (!found || !of) throw new Error('no item');
  return { found, text: explainItem(found, of) };
};

test('the score is made from the standardised value, exactly, and the sentence has both', () => {
  const { found, text } = first(input({ reply_rate: mix }));
  // 142 × 220 ÷ (135 × 400) of 90%: 1562 ÷ 2430.
  expect(score(plan, input({ reply_rate: mix })).total).toBe('64.28');
  expect(found).toMatchObject({ standardised: { raw: '71', strata: 2 }, numerator: '142', denominator: '200' });
  expect(Number(found.value)).toBeCloseTo(57.8518518518, 9);
  expect(text.zh).toBe(
    '应答率 57.85%（标准化值，原值 71.00%：按大家遇到的队列、店铺、时段和咨询原因折算），目标 90.00%，达成 64.28%，得 64.28 分（满分 100.00 分）',
  );
  expect(text.en).toContain('57.85% (standardised; 71.00% as counted, allowing for');
});

test('where nothing tells the circumstances apart the sentence says so, and where there are none nothing is scored', () => {
  const alone = { ...mix, expected: '110', strata: 1 };
  expect(first(input({ reply_rate: alone })).text.zh).toContain('各人遇到的情形没有差别，与原值 71.00% 相同');
  const { found, text } = first(input(undefined));
  expect(found).toMatchObject({ status: 'noData', value: null, standardised: { raw: '71', strata: 0 } });
  expect(text.zh).toContain('没有可比的情形，不能标准化，不计分');
  expect(score(plan, input(undefined)).status).toBe('unrated');
});

test('what would lift it and how sure it is are told of the standardised value', () => {
  const given = input({ reply_rate: mix });
  const card = score(plan, given);
  const [lift] = lifts(plan, given, card);
  // Ten records more: 152 × 220 ÷ (135 × 400).
  expect(lift?.text.zh).toContain('（57.85% → 61.93%）');
  const interval = { method: 'wilson', low: 64, high: 77, reason: null } as const;
  const { items } = noiseOf(plan, given, card, { whole: { reply_rate: interval }, parts: {} });
  expect(items[0]?.interval.low).toBeCloseTo((64 * 200 * 220) / (135 * 400), 6);
  expect(items[0]?.points?.[0]).toBeCloseTo((64 * 200 * 220) / (135 * 400 * 0.9), 6);
});

test('the plan page says by which value an item is judged, and how its metric counts', () => {
  const counted = { ...item, metric: 'first_reply_30s_rate', options: { unreplied: 'miss' } };
  expect(explainPlanItem(counted, catalogueById).zh).toBe(
    '计法：未回复的会话：算作未达标；目标 ≥ 90%；达成度 = 实际 ÷ 目标，最高 100%；取标准化值：假如大家遇到同样的队列、店铺、时段和咨询原因；记分卡同时写明原值',
  );
});
