import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { readAssignments } from '../assignmentStore.ts';
import { coveringPlan } from '../coveringPlan.ts';
import { ownPlan } from '../ownPlan.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';

/** The plan that pages begin with where one has to be named: the reader's own of today, or, for who is no agent, everybody's without a rule. */
export async function planOfReader(deps: ScoreDeps, actor: Actor): Promise<string> {
  const month = thisMonth(deps.now(), deps.timeZone);
  if (actor.agentId !== null) return ownPlan(deps, parsePeriod(month, deps.timeZone), actor.agentId);
  const rules = await readAssignments(deps.stores.postgres);
  return coveringPlan(rules, { agentId: '', team: '', tier: null }, month);
}
