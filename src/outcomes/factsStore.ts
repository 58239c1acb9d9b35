import type { Ingest } from '../ingest/ingest.ts';
import { submitRows } from '../ingest/submitRows.ts';
import { lastClosedMonth, readClosedPeriods } from '../metrics/closedStore.ts';
import { parsePeriod } from '../metrics/period.ts';
import { holding } from '../platform/advisoryLock.ts';
import type { Deps } from '../platform/http.ts';
import type { Queryable } from '../platform/transaction.ts';

const atOnce = 200;
/** When retention looks whether somebody is still there, and in whose month it counts. */
const watchedMs = 90 * 86_400_000;

interface Unsent {
  readonly id: string;
  readonly agent_id: string;
  readonly opened_at: Date;
  readonly status: 'confirmed' | 'overturned';
  readonly sent: 'confirmed' | null;
}

/** A plan whose proposal is approved stands; one whose approval was taken back never was. */
async function unsentImprovements(postgres: Queryable): Promise<Unsent[]> {
  const { rows } = await postgres.query<Unsent>(
    `SELECT * FROM (
       SELECT plans.id, plans.agent_id, opened_at, incident_sent AS sent,
         CASE WHEN proposals.state = 'approved' THEN 'confirmed' ELSE 'overturned' END AS status
       FROM development_plans AS plans JOIN proposals ON proposals.id = plans.proposal_id
       WHERE plans.kind = 'improvementPlan' AND incident_sent IS DISTINCT FROM 'overturned' AND incident_sent IS DISTINCT FROM 'tooLate'
     ) AS improvements
     WHERE sent IS DISTINCT FROM status ORDER BY id LIMIT $1`,
    [atOnce],
  );
  return rows;
}

/**
 * Sends improvement plans that were approved as incidents `improvement_plan`, the way all rows come in, and those whose approval was
 * taken back as overturned. What a crash left behind goes out with the next call; sending twice changes nothing, for the import takes the
 * same row for a repetition. What would count in a month that is closed by now stays out of it. One sender at a time.
 */
export async function sendImprovements(deps: Deps, ingest: Pick<Ingest, 'groups'>): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'outcomeFacts', 'wait', async () => {
    for (;;) {
      const [plans, closed] = await Promise.all([unsentImprovements(postgres), readClosedPeriods(postgres)]);
      const month = lastClosedMonth(closed);
      const closedUntilMs = month === null ? 0 : parsePeriod(month, deps.timeZone).toMs;
      for (const { id, agent_id, opened_at, status, sent } of plans) {
        const isTooLate = opened_at.getTime() + watchedMs < closedUntilMs;
        // What was never in needs no taking back.
        if (!isTooLate && (status === 'confirmed' || sent !== null))
          await submitRows(deps, ingest, 'incidents', [
            {
              ...{ incident_id: `development:${id}`, agent_id, at: opened_at.toISOString(), item: 'improvement_plan' },
              ...{ severity: 'minor', session_id: '', status, note: '' },
            },
          ]);
        const done = isTooLate ? 'tooLate' : status;
        await postgres.query('UPDATE development_plans SET incident_sent = $2 WHERE id = $1', [id, done]);
      }
      if (plans.length < atOnce) return;
    }
  });
}
