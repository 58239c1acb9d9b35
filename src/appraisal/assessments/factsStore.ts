import type { Ingest } from '../../ingest/ingest.ts';
import { submitRows } from '../../ingest/submitRows.ts';
import { holding } from '../../platform/advisoryLock.ts';
import type { Deps } from '../../platform/http.ts';
import { markSent, unsentGiven } from './givenStore.ts';
import { markNominationsSent, unsentNominations } from './nominationStore.ts';
import { type AssessmentRow, rowsOf } from './rowsOf.ts';
import { acceptedPoints } from './worth.ts';

const atOnce = 200;

/**
 * Sends what people handed in and decided into the stores of facts the way all rows come in, and remembers what is in. What a crash or an
 * engine that was down left behind goes out with the next call; one sender at a time, so that no earlier version arrives after a later one.
 */
export async function sendAssessments(deps: Deps, ingest: Ingest): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'assessmentFacts', 'wait', async () => {
    for (;;) {
      const given = await unsentGiven(postgres, atOnce);
      const sets = given.map((each) => ({ each, ...rowsOf(each) }));
      await submitRows(
        deps,
        ingest,
        'assessments',
        sets.flatMap(({ rows }) => rows),
      );
      for (const { each, items } of sets) await markSent(postgres, each, items);
      if (given.length < atOnce) break;
    }
    for (const nominated of await unsentNominations(postgres)) {
      const { period, formId, agentId, item, most, accepted, ids, revision } = nominated;
      const value = acceptedPoints(accepted, most);
      const row: AssessmentRow = {
        ...{ agent_id: agentId, period, item, by: `${formId}:nominations`, note: '', form: formId },
        ...{ revision: String(revision), value: value ?? '0', withdrawn: String(value === null) },
      };
      await submitRows(deps, ingest, 'assessments', [row]);
      await markNominationsSent(postgres, ids);
    }
  });
}
