import { appealsRunning } from './appraisal/appeals/verbs/appealsRunning.ts';
import { assessmentsMissing } from './appraisal/assessments/verbs/assessmentsMissing.ts';
import type { CycleDeps, WhenPublished } from './appraisal/cycleDeps.ts';
import type { ExportDeps } from './appraisal/exports/exportDeps.ts';
import { asItIs, type CycleCheck, missing } from './appraisal/missing.ts';
import { decidedOutcomes } from './outcomes/verbs/decidedOutcomes.ts';
import { proposeOutcomes } from './outcomes/verbs/proposeOutcomes.ts';
import { deriveCommitted } from './pipeline.ts';
import type { Deps } from './platform/http.ts';
import { unfinishedIn } from './quality/inspections/unfinishedStore.ts';
import { proposeRotations } from './skills/verbs/proposeRotations.ts';

type Parts = Pick<CycleDeps, 'derive' | 'checks' | 'whenPublished'> & Pick<ExportDeps, 'decidedOutcomes'>;

/** What the other features look at, and do, when a period moves or is exported. */
export function cycleParts(deps: Deps): Parts {
  const inspections: CycleCheck = async (period, to) => {
    if (to !== 'closed') return [];
    const unfinished = await unfinishedIn(deps.stores.postgres, period);
    const open = missing('openInspections', 'confirm', unfinished.map(asItIs));
    return open ? [open] : [];
  };
  // A year has no forms of its own.
  const assessments: CycleCheck = async (period, to) => {
    if (to !== 'closed' || period.kind === 'year') return [];
    const forms = await assessmentsMissing(deps, period.text);
    const open = missing(
      'unassessed',
      'confirm',
      forms.map(({ name, people }) => ({ zh: `${name.zh} (${people.length})`, en: `${name.en} (${people.length})` })),
    );
    return open ? [open] : [];
  };
  // What rules propose is nobody's deed: the people are those who decide.
  const proposals: WhenPublished = async (connection, period, revised) => {
    const by = { userId: 'heng', name: 'Heng' };
    await proposeOutcomes(connection, { period, at: new Date(deps.now()), by, ...revised });
  };
  const rotations: WhenPublished = (connection) => proposeRotations(connection, { at: new Date(deps.now()) });
  return {
    derive: () => deriveCommitted(deps),
    checks: [inspections, assessments, appealsRunning(deps)],
    whenPublished: [proposals, rotations],
    decidedOutcomes: (actor, period) => decidedOutcomes(deps, actor, period),
  };
}
