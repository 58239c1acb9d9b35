import { expect, test } from 'vitest';
import { catalogue } from '../metrics/catalogue.ts';
import { planContent } from './planContent.ts';
import { planNeeds } from './planNeeds.ts';
import { shippedPlans } from './publishTemplates.ts';
import { score } from './score.ts';
import { resolved, shippedIds, shippedPlan } from './testing.ts';
import { validatePlan } from './validatePlan.ts';

/** What the organisation still has to give, by plan: the sources leave it open. */
const needed: Readonly<Record<(typeof shippedIds)[number], readonly string[]>> = {
  'appliance-aftersales': ['needs_improvement_coefficient'],
  'appliance-aftersales-technician': ['needs_improvement_coefficient'],
  'jd-service-desk': ['lower_grade_months'],
  'jd-training-assessment': ['response_standard', 'duration_standard', 'needs_improvement_coefficient'],
  'optimised-service': ['needs_improvement_coefficient'],
  'taobao-service-manager': [
    ...['mid_resolution_target', 'commission_rate', 'uplift_rate', 'needs_improvement_coefficient'],
  ],
};

test('every source plan ships', () => {
  expect(
    shippedPlans()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...shippedIds].sort());
});

test.each(shippedIds)('the shipped plan %s has no error and waits for what its source leaves open', (id) => {
  const plan = shippedPlans().find((each) => each.id === id);
  if (!plan) throw new Error(`${id} does not ship`);
  const issues = validatePlan(plan, catalogue);
  expect(issues.filter(({ level }) => level !== 'needed')).toEqual([]);
  const waiting = issues.map(({ path }) => plan.inputs[Number(/\d+/.exec(path)?.[0])]?.id);
  expect(waiting).toEqual(needed[id]);
});

test('the hash of a plan does not depend on the order of its fields', () => {
  const [plan] = shippedPlans();
  if (!plan) throw new Error('no plan ships');
  const turned = Object.fromEntries(Object.entries(plan).reverse()) as typeof plan;
  expect(planContent(turned)).toEqual(planContent(plan));
  expect(planContent({ ...plan, id: 'other' }).hash).not.toBe(planContent(plan).hash);
});

test.each(shippedIds)('%s leaves a month with less than half attended, and the first part of one, unrated', (id) => {
  const month = (attendance: string | null, firstPartMonth: boolean) =>
    score(resolved(shippedPlan(id)), {
      ...{ values: {}, tier: null, promotion: false, vetoes: [], presence: { attendance, firstPartMonth } },
    }).steps.some(({ kind }) => kind === 'absent');
  expect([month('49.9', false), month(null, true)]).toEqual([true, true]);
  expect([month('50', false), month(null, false)]).toEqual([false, false]);
});

test('repurchase of the Taobao plan is held against 1.3 times what new buyers do, not against all who inquire', () => {
  const plan = resolved(shippedPlan('taobao-service-manager'));
  const item = plan.blocks.flatMap(({ items }) => items).find(({ id }) => id === 'repurchase');
  expect(item?.target).toMatchObject({ ofMetric: { metric: 'inquiry_conversion_rate:buyers=new', factor: '1.3' } });
  expect(planNeeds(plan).period).toContain('inquiry_conversion_rate:buyers=new');
});

test('where one assessment is enough for what needs more, the plan marks it as our choice', () => {
  for (const plan of shippedPlans())
    for (const { id, items, rec } of plan.blocks)
      for (const item of items) {
        const least = catalogue.find((metric) => metric.id === item.metric)?.minN ?? 1;
        if (Number(item.minimumN ?? least) < least)
          expect(item.rec ?? rec, `${plan.id} ${id} ${item.id}`).toBeDefined();
      }
});
