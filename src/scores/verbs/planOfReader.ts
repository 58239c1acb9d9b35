import type { Actor } from '../../people/actor.ts';
import { readAssignments } from '../assignmentStore.ts';
import { coveringPlan } from '../coveringPlan.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { peopleNow } from './listExemptions.ts';

/** The plan that pages open with: the one that covers the reader, or, for who is no agent, everybody without a rule of their own. */
export async function planOfReader(deps: ScoreDeps, actor: Actor): Promise<string> {
  const nobody = { agentId: '', team: '', tier: null };
  const person =
    actor.agentId === null ? nobody : (await peopleNow(deps)).find(({ agentId }) => agentId === actor.agentId);
  const rules = await readAssignments(deps.stores.postgres);
  return coveringPlan(rules, person ?? nobody, thisMonth(deps.now(), deps.timeZone));
}
