import type { Findings, Judge } from './appraisal/appeals/findings.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { Deps } from './platform/http.ts';
import { sendFacts } from './quality/inspections/factsStore.ts';
import { appealedInspection, overturnInspection } from './quality/inspections/overturnStore.ts';
import { confirmersOf, overturnHit } from './quality/rules/overturnStore.ts';

/** Appeals ask quality what was found and by whom, and tell it what was overturned; neither knows the other but here. */
export function appealedFindings(deps: Deps, ingest: Ingest): Findings {
  return {
    inspection: (postgres, id) => appealedInspection(postgres, id, deps.timeZone),
    hitJudges: (postgres, incidentId): Promise<readonly Judge[]> => confirmersOf(postgres, incidentId),
    overturnInspection,
    overturnHit,
    send: () => sendFacts(deps, ingest),
  };
}
