import type { Period } from '../metrics/period.ts';
import { readAssignments } from './assignmentStore.ts';
import { coveringPlan } from './coveringPlan.ts';
import { issuedPlan } from './frozenCardStore.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { everybodyIn } from './scorePeople.ts';

/**
 * The plan by which somebody is appraised in a period: of a closed one the plan their card was made by, otherwise the one that covers them
 * in its first month. Whom the period does not know, the rule for everybody.
 */
export async function ownPlan(deps: ScoreDeps, period: Period, agentId: string): Promise<string> {
  const { postgres } = deps.stores;
  const issued = await issuedPlan(postgres, period.text, agentId);
  if (issued !== null) return issued;
  const [everybody, rules] = await Promise.all([everybodyIn(deps, period), readAssignments(postgres)]);
  const person = everybody.find((each) => each.agentId === agentId);
  return coveringPlan(rules, person ?? { agentId, team: '', tier: null }, period.firstDay.slice(0, 7));
}
