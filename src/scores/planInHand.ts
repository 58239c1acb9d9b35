import { Invalid } from '../platform/errors.ts';
import { planContent } from './planContent.ts';
import { readPlan } from './planText.ts';
import { type ResolvedPlan, resolvePlan } from './resolvePlan.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import type { PlanHistory } from './scorePeople.ts';

/** A plan that is not stored, the same for every period; its version is 0. Throws Invalid `plan.invalid` with every issue. */
export async function planInHand(deps: ScoreDeps, text: string): Promise<PlanHistory> {
  const read = readPlan(text);
  if (!read.plan) throw new Invalid('plan.invalid', read.issues);
  const plan: ResolvedPlan = resolvePlan(read.plan, await deps.catalogue());
  const { hash } = planContent(read.plan);
  return { at: () => ({ plan, version: 0, hash }), inForce: null };
}
