import type { HitId } from './decisionStore.ts';
import type { Rule, Severity } from './ruleSchema.ts';

/**
 * The incident of a decided hit, as the import takes it. Its id is the hit's, so that a later decision is its next version; the number
 * of the decision makes each version differ from those before, for what the import has seen already it takes for a repetition.
 */
export function incidentRow(
  rule: Pick<Rule, 'incident'>,
  hit: HitId & { readonly agentId: string; readonly messageAt: Date; readonly severity: Severity },
  { decision, id }: { readonly decision: 'confirmed' | 'overturned'; readonly id: number },
): Record<string, string> {
  return {
    incident_id: `hit:${hit.rule}:${hit.sessionId}:${hit.messageKey}`,
    ...{ agent_id: hit.agentId, at: hit.messageAt.toISOString(), item: rule.incident ?? '', severity: hit.severity },
    ...{ session_id: hit.sessionId, status: decision, note: `rule ${hit.rule}, decision ${id}` },
  };
}
