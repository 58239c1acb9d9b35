import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { explainPlanItem } from '../explainPlan.ts';
import { explainRules } from '../explainRules.ts';
import { pickVersion, readVersions } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { PlanPage } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { validatePlan } from '../validatePlan.ts';

/** One version of a plan, readable; without `version` the one in force today. Throws NotFound `plan.unknown`, `plan.noVersion`. */
export async function showPlan(
  deps: ScoreDeps,
  actor: Actor,
  input: { id: string; version?: number | undefined },
): Promise<PlanPage> {
  authorise(actor, 'plan.read');
  const [versions, catalogue] = await Promise.all([readVersions(deps.stores.postgres, input.id), deps.catalogue()]);
  const month = thisMonth(deps.now(), deps.timeZone);
  const shown = pickVersion(versions, input.id, input.version, month);
  const { plan } = shown;
  const metrics = new Map(catalogue.map((metric) => [metric.id, metric]));
  const items = [
    ...plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]),
    ...(plan.promotion?.items.map(({ item }) => item) ?? []),
  ];
  return {
    id: input.id,
    version: shown.version,
    versions: versions.map(({ plan: _, planId: __, ...version }) => version),
    plan,
    explained: Object.fromEntries(items.map((item) => [item.id, explainPlanItem(item, metrics)])),
    rules: explainRules(plan, metrics),
    issues: validatePlan(plan, catalogue),
  };
}
