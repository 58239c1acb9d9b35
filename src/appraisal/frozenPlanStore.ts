import { readDefinitions } from '../metrics/definitionStore.ts';
import { metricsIn } from '../metrics/definitionVersions.ts';
import type { Queryable } from '../platform/transaction.ts';
import { pickVersion, readVersions } from '../scores/planStore.ts';
import { type ResolvedPlan, resolvePlan } from '../scores/resolvePlan.ts';

/** The plan by which a card was frozen, with its metrics as they were defined at the end of its period. Throws NotFound `plan.noVersion`. */
export async function frozenPlan(
  postgres: Queryable,
  { id, version }: { readonly id: string; readonly version: number },
  lastMonth: string,
): Promise<ResolvedPlan> {
  const [versions, definitions] = [await readVersions(postgres, id), await readDefinitions(postgres)];
  return resolvePlan(pickVersion(versions, id, version, lastMonth).plan, metricsIn(definitions, lastMonth));
}
