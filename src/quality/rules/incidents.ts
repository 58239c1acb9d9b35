import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { writeLabels } from './batchStore.ts';
import { dueDecisions, type HitId, noteDone } from './decisionStore.ts';
import type { Rule } from './ruleSchema.ts';

/** Puts rows of incidents through the import; false where it refused the row. */
export type IncidentWriter = (row: object) => Promise<boolean>;

/**
 * The incident of a decided hit, as the import takes it. Its id is the hit's, so that a later decision is its next version; the number
 * of the decision makes each version differ from those before, for what the import has seen already it takes for a repetition.
 */
export function incidentRow(
  rule: Pick<Rule, 'incident' | 'severity'>,
  hit: HitId & { readonly agentId: string; readonly messageAt: Date },
  { decision, id }: { readonly decision: 'confirmed' | 'overturned'; readonly id: number },
): Record<string, string> {
  return {
    incident_id: `hit:${hit.rule}:${hit.sessionId}:${hit.messageKey}`,
    ...{ agent_id: hit.agentId, at: hit.messageAt.toISOString(), item: rule.incident ?? '', severity: rule.severity },
    ...{ session_id: hit.sessionId, status: decision, note: `rule ${hit.rule}, decision ${id}` },
  };
}

/**
 * Writes what decisions brought about, in their order: incidents through the import, labels into the facts. What a crash left behind is
 * written by whoever looks next; writing it twice changes nothing.
 */
export async function writeDue(
  { postgres, clickhouse }: { postgres: Queryable; clickhouse: ClickHouse },
  write: IncidentWriter,
): Promise<void> {
  const due = await dueDecisions(postgres);
  await writeLabels(
    clickhouse,
    due.flatMap(({ label }) => (label ? [label] : [])),
  );
  for (const { id, incident } of due) {
    await noteDone(postgres, id, incident === null ? null : (await write(incident)) ? 'written' : 'refused');
  }
}
