import type { Issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { readPlan } from './planText.ts';
import { validatePlan } from './validatePlan.ts';

/** Everything that is wrong with a text: as YAML, in its shape, or as a plan. */
export function issuesOfText(
  text: string,
  catalogue: readonly PlanMetric[],
): { readonly plan: Plan | null; readonly issues: readonly Issue[] } {
  const { plan, issues } = readPlan(text);
  return { plan, issues: plan ? validatePlan(plan, catalogue) : issues };
}
