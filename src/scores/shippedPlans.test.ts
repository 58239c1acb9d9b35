import { expect, test } from 'vitest';
import { catalogue } from '../metrics/catalogue.ts';
import { planContent } from './planContent.ts';
import { shippedPlans } from './publishTemplates.ts';
import { validatePlan } from './validatePlan.ts';

test.each(shippedPlans().map((plan) => [plan.id, plan] as const))(
  'the shipped plan %s has no error and waits for one input',
  (_, plan) => {
    expect(validatePlan(plan, catalogue).map(({ path, code, level }) => `${level} ${path} ${code}`)).toEqual([
      'needed inputs[0].value input.missing',
    ]);
  },
);

test('the hash of a plan does not depend on the order of its fields', () => {
  const [plan] = shippedPlans();
  if (!plan) throw new Error('no plan ships');
  const turned = Object.fromEntries(Object.entries(plan).reverse()) as typeof plan;
  expect(planContent(turned)).toEqual(planContent(plan));
  expect(planContent({ ...plan, id: 'other' }).hash).not.toBe(planContent(plan).hash);
});
