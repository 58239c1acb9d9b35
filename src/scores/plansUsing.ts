import type { PlansUsing } from '../metrics/verbs/retireMetric.ts';
import { readVersions, type StoredVersion } from './planStore.ts';

/** The plan versions that count by a metric in a month or later, as `plan-id version`. */
export const plansUsing: PlansUsing = async (postgres, metric, from) => {
  const versions = await readVersions(postgres);
  return versions
    .filter((version) => holdsFrom(versions, version, from) && names(version.plan, metric))
    .map(({ planId, version }) => `${planId} ${version}`);
};

/** Whether a version is in force in that month or a later one: no later version of its plan has replaced it by then. */
function holdsFrom(versions: readonly StoredVersion[], { planId, version, inForceFrom }: StoredVersion, from: string) {
  const begins = inForceFrom !== null && inForceFrom > from ? inForceFrom : from;
  return !versions.some(
    (other) => other.planId === planId && other.version > version && (other.inForceFrom ?? '') <= begins,
  );
}

/** Ids of own metrics are names that nothing else in a plan has: wherever one stands, the plan counts by it. */
function names(part: unknown, metric: string): boolean {
  if (typeof part === 'string') return part === metric || part.startsWith(`${metric}:`);
  if (typeof part !== 'object' || part === null) return false;
  return Object.values(part).some((inner) => names(inner, metric));
}
