import type { Stores } from '../../../platform/stores.ts';
import { decisionsOfSessions, type StoredDecision } from '../decisionStore.ts';
import { type HitRow, hitsOfSession } from '../hitStore.ts';

/** A hit of a rule, or what a person says a rule missed. */
export interface KnownMark extends HitRow {
  readonly foundBy: 'rule' | 'person';
}

export interface KnownMarks {
  readonly marks: readonly KnownMark[];
  /** All that was decided about the conversation, oldest first. */
  readonly decisions: readonly StoredDecision[];
}

/**
 * What there is to decide about in a conversation: the hits that hold, those that people decided about before the rule or its list
 * changed, and what they found and no rule did.
 */
export async function marksKnown({ postgres, clickhouse }: Stores, sessionId: string): Promise<KnownMarks> {
  const decisions = await decisionsOfSessions(postgres, [sessionId]);
  const decided = decisions.filter(({ decision }) => decision !== 'comment');
  const hits = await hitsOfSession(clickhouse, sessionId, decided);
  const found = hits.map((hit): KnownMark => ({ ...hit, foundBy: 'rule' }));
  return { marks: [...found, ...missedOf(decisions, hits)], decisions };
}

function missedOf(decisions: readonly StoredDecision[], hits: readonly HitRow[]): KnownMark[] {
  const missed = new Map<string, KnownMark>();
  for (const each of decisions) {
    if (each.decision !== 'missed' || hits.some((hit) => isOf(each, hit))) continue;
    missed.set(`${each.rule} ${each.messageKey}`, {
      ...{ session_id: each.sessionId, rule: each.rule, rule_version: each.ruleVersion, message_key: each.messageKey },
      ...{ at_ms: String(each.messageAt.getTime()), hit_from: [], hit_to: [], agent_id: each.agentId },
      ...{ live: 0, severity: '', foundBy: 'person' },
    });
  }
  return [...missed.values()];
}

export const isOf = (
  decision: Pick<StoredDecision, 'sessionId' | 'rule' | 'messageKey'>,
  hit: { session_id: string; rule: string; message_key: string },
): boolean =>
  decision.sessionId === hit.session_id && decision.rule === hit.rule && decision.messageKey === hit.message_key;
