import { appealsRunning } from './appraisal/appeals/verbs/appealsRunning.ts';
import type { CycleDeps } from './appraisal/cycleDeps.ts';
import { type CycleCheck, missing } from './appraisal/missing.ts';
import { deriveCommitted } from './pipeline.ts';
import type { Deps } from './platform/http.ts';
import { unfinishedIn } from './quality/inspections/unfinishedStore.ts';

/** What the other features look at, and do, when a period moves. */
export function cycleParts(
  deps: Pick<Deps, 'stores' | 'timeZone' | 'now'>,
): Pick<CycleDeps, 'derive' | 'checks' | 'whenPublished'> {
  const inspections: CycleCheck = async (period, to) => {
    if (to !== 'closed') return [];
    const open = missing('openInspections', 'confirm', await unfinishedIn(deps.stores.postgres, period));
    return open ? [open] : [];
  };
  return { derive: () => deriveCommitted(deps), checks: [inspections, appealsRunning(deps)], whenPublished: [] };
}
