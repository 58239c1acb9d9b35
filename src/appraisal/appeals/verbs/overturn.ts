import { rowsBatch } from '../../../ingest/httpBatch.ts';
import { holding } from '../../../platform/advisoryLock.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import type { StoredAppeal } from '../appealStore.ts';
import type { Correction } from '../correction.ts';
import type { Word } from '../findings.ts';
import { incidentRowOf, noteSent, queueIncident, unsentIncidents } from '../incidentStore.ts';
import { insertReviews } from '../reviewStore.ts';
import { incidentsOf, sharedWith } from '../shared.ts';
import { cardsWithIncidents } from '../sharedStore.ts';
import type { AppealDeps } from './openCard.ts';

/**
 * What was upheld is put right beyond the card as well: the inspection counts no more, incidents are overturned where they came from, and the
 * same on other people's cards is opened for review.
 */
export async function overturn(
  deps: AppealDeps,
  connection: Queryable,
  {
    appeal,
    corrections,
    word,
  }: { readonly appeal: StoredAppeal; readonly corrections: readonly Correction[]; readonly word: Word },
): Promise<void> {
  const text = { ...word, text: `#${appeal.id} ${word.text}` };
  if (appeal.kind === 'inspection') await deps.findings.overturnInspection(connection, Number(appeal.subject), text);
  const incidents = corrections.flatMap((each) => (each.kind === 'incident' ? [each.incidentId] : []));
  if (incidents.length === 0) return;
  // The version before this one still names what was overturned.
  const { period, agentId, id } = appeal;
  const [before] = await cardsWithIncidents(connection, period, { agentId, asOf: appeal.cardVersion });
  const others = await cardsWithIncidents(connection, period);
  for (const incidentId of incidents) {
    if (appeal.kind !== 'inspection') await overturnIncident(deps, connection, { agentId, incidentId, word: text });
    const incident = before && incidentsOf(before).find((each) => each.incidentId === incidentId);
    if (incident) await insertReviews(connection, { id, period }, sharedWith({ ...incident, agentId }, others));
  }
}

/** One incident, where it came from: the hit's decision, or the row that was imported. */
export async function overturnIncident(
  deps: AppealDeps,
  connection: Queryable,
  { agentId, incidentId, word }: { readonly agentId: string; readonly incidentId: string; readonly word: Word },
): Promise<void> {
  if (await deps.findings.overturnHit(connection, incidentId, word)) return;
  const row = await incidentRowOf(deps.stores.clickhouse, agentId, incidentId);
  if (row) await queueIncident(connection, { ...row, status: 'overturned', note: word.text.slice(0, 500) });
}

/** Sends overturned incidents through the import like anybody's rows; what a crash left behind goes out with the next call. */
export async function sendOverturned(deps: AppealDeps): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'appealFacts', 'wait', async () => {
    for (const { id, row } of await unsentIncidents(postgres)) {
      const { rejected } = await deps.ingest.groups.submit('incidents', rowsBatch([row], 'incidents'));
      for (const { reason } of rejected)
        deps.log.warn({ kind: 'incidents', reason }, 'an overturned incident was refused');
      await noteSent(postgres, id);
    }
  });
  await deps.findings.send();
}
