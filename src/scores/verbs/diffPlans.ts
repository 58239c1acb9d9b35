import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { planDifferences } from '../planDifferences.ts';
import { pickVersion, readVersions } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { PlanDiff } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';

/** What changed between two versions of a plan. Throws NotFound as showPlan does. */
export async function diffPlans(
  deps: ScoreDeps,
  actor: Actor,
  input: { id: string; from: number; to: number },
): Promise<PlanDiff> {
  authorise(actor, 'plan.read');
  const [versions, catalogue] = await Promise.all([readVersions(deps.stores.postgres, input.id), deps.catalogue()]);
  const month = thisMonth(deps.now(), deps.timeZone);
  const [before, after] = [input.from, input.to].map((version) => pickVersion(versions, input.id, version, month));
  if (!before || !after) throw new RangeError('two versions were picked');
  const changes = planDifferences(before.plan, after.plan, catalogue);
  return { id: input.id, from: before.version, to: after.version, changes };
}
