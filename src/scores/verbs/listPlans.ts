import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { readVersions, versionInForce } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { PlanList } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';

/** Every plan with the version in force today. */
export async function listPlans(deps: ScoreDeps, actor: Actor): Promise<PlanList> {
  authorise(actor, 'plan.read');
  const versions = await readVersions(deps.stores.postgres);
  const month = thisMonth(deps.now(), deps.timeZone);
  const plans = [...new Set(versions.map(({ planId }) => planId))].flatMap((id) => {
    const own = versions.filter(({ planId }) => planId === id);
    const current = versionInForce(own, month) ?? own.at(-1);
    if (!current) return [];
    const { plan, version, origin, inForceFrom } = current;
    return [
      {
        id,
        name: plan.name,
        summary: plan.summary,
        version,
        origin,
        inForceFrom,
        versions: own.length,
        blocks: plan.blocks.length,
        items: plan.blocks.reduce((count, block) => count + block.items.length, 0),
        missingInputs: plan.inputs
          .filter(({ value }) => value === undefined)
          .map(({ id: input, name }) => ({ id: input, name })),
      },
    ];
  });
  return { plans };
}
