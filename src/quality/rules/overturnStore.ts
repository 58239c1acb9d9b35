import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import { addDecision } from './decisionStore.ts';

const decided = z.object({
  sessionId: z.string(),
  rule: z.string(),
  ruleVersion: z.number(),
  messageKey: z.string(),
  agentId: z.string(),
  messageAt: z.date(),
  byWords: z.boolean().nullable(),
  row: z.record(z.string(), z.string()),
});

/** The last decision that wrote the incident of this id. */
async function writtenBy(postgres: Queryable, incidentId: string) {
  const { rows } = await postgres.query(
    `SELECT session_id AS "sessionId", rule, rule_version AS "ruleVersion", message_key::text AS "messageKey", agent_id AS "agentId",
       message_at AS "messageAt", by_words AS "byWords", incident_row AS row
     FROM hit_decisions WHERE incident_row->>'incident_id' = $1 AND session_id = $2 ORDER BY id DESC LIMIT 1`,
    [incidentId, sessionOf(incidentId)],
  );
  return rows[0] === undefined ? null : decided.parse(rows[0]);
}

/** `hit:RULE:SESSION:MESSAGE`; a session's id may contain colons. */
const sessionOf = (incidentId: string): string => /^hit:[^:]+:(.+):[^:]+$/.exec(incidentId)?.[1] ?? '';

/** Who confirmed the hit that an incident came of; nobody for an incident of another origin. */
export async function confirmersOf(
  postgres: Queryable,
  incidentId: string,
): Promise<{ readonly userId: string; readonly name: string }[]> {
  const found = await writtenBy(postgres, incidentId);
  if (!found) return [];
  const { rows } = await postgres.query<{ userId: string; name: string }>(
    `SELECT decided_by AS "userId", decider_name AS name FROM hit_decisions
     WHERE session_id = $1 AND rule = $2 AND message_key = $3 AND decision = 'confirmed' ORDER BY id`,
    [found.sessionId, found.rule, found.messageKey],
  );
  return rows;
}

/**
 * Decides that a hit was wrong, as somebody does in the list of hits: its label counts against the rule, and its incident goes out as
 * overturned. False where no hit wrote this incident.
 */
export async function overturnHit(
  connection: Queryable,
  incidentId: string,
  word: { readonly at: Date; readonly by: { readonly userId: string; readonly name: string }; readonly text: string },
): Promise<boolean> {
  const found = await writtenBy(connection, incidentId);
  if (!found) return false;
  const { row, byWords, ...hit } = found;
  const { at, by, text } = word;
  await addDecision(
    connection,
    { ...hit, decision: 'overturned', comment: text, at, by: by.userId, name: by.name, byWords: byWords === true },
    (id) => ({ ...row, status: 'overturned', note: `rule ${hit.rule}, decision ${id}` }),
  );
  return true;
}
