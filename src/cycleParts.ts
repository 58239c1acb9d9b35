import { appealsRunning } from './appraisal/appeals/verbs/appealsRunning.ts';
import type { CycleDeps, WhenPublished } from './appraisal/cycleDeps.ts';
import { type CycleCheck, missing } from './appraisal/missing.ts';
import { proposeOutcomes } from './outcomes/verbs/proposeOutcomes.ts';
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
  // What rules propose is nobody's deed: the people are those who decide.
  const proposals: WhenPublished = async (connection, period, revised) => {
    const by = { userId: 'heng', name: 'Heng' };
    await proposeOutcomes(connection, { period, at: new Date(deps.now()), by, ...revised });
  };
  return {
    derive: () => deriveCommitted(deps),
    checks: [inspections, appealsRunning(deps)],
    whenPublished: [proposals],
  };
}
