import type { Period } from '../../metrics/period.ts';
import { readAssignments } from '../../scores/assignmentStore.ts';
import { coveringPlan } from '../../scores/coveringPlan.ts';
import { grouped } from '../../scores/grouped.ts';
import type { Person } from '../../scores/organisation.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { ScoreDeps } from '../../scores/scoreDeps.ts';
import { everybodyIn, planHistory } from '../../scores/scorePeople.ts';

export interface PlanInPeriod {
  readonly plan: ResolvedPlan;
  readonly people: readonly Person[];
}

/** The plans that cover somebody in a period, each in its version, with whom they cover. */
export async function plansIn(deps: ScoreDeps, period: Period): Promise<PlanInPeriod[]> {
  const [everybody, rules] = await Promise.all([everybodyIn(deps, period), readAssignments(deps.stores.postgres)]);
  const covered = grouped(everybody, (person) => coveringPlan(rules, person, period.firstDay.slice(0, 7)));
  return Promise.all(
    [...covered].sort().map(async ([id, people]) => ({ plan: (await planHistory(deps, id)).at(period).plan, people })),
  );
}
