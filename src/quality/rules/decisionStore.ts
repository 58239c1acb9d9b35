import type { Queryable } from '../../platform/transaction.ts';

export const decisions = ['confirmed', 'overturned', 'missed', 'comment'] as const;
export type Decision = (typeof decisions)[number];

/** Which hit somebody decides about: a rule in a message of a session, '0' for the conversation as a whole. */
export interface HitId {
  readonly sessionId: string;
  readonly rule: string;
  readonly messageKey: string;
}

export interface StoredDecision extends HitId {
  readonly id: number;
  readonly ruleVersion: number;
  readonly agentId: string;
  readonly messageAt: Date;
  readonly decision: Decision;
  readonly comment: string;
  readonly decidedAt: string;
  readonly deciderName: string;
  readonly incident: 'none' | 'due' | 'written' | 'refused';
}

interface DecisionRow {
  id: string;
  session_id: string;
  rule: string;
  rule_version: number;
  message_key: string;
  agent_id: string;
  message_at: Date;
  decision: Decision;
  comment: string;
  decided_at: Date;
  decider_name: string;
  incident: StoredDecision['incident'];
}

const columns =
  'id, session_id, rule, rule_version, message_key::text AS message_key, agent_id, message_at, decision, comment, decided_at, decider_name, incident';

const decisionOf = (row: DecisionRow): StoredDecision => ({
  id: Number(row.id),
  ...{ sessionId: row.session_id, rule: row.rule, ruleVersion: row.rule_version, messageKey: row.message_key },
  ...{ agentId: row.agent_id, messageAt: row.message_at },
  ...{ decision: row.decision, comment: row.comment, decidedAt: row.decided_at.toISOString() },
  ...{ deciderName: row.decider_name, incident: row.incident },
});

/** All that was decided about hits of these sessions, oldest first. */
export async function decisionsOfSessions(postgres: Queryable, sessions: readonly string[]): Promise<StoredDecision[]> {
  const { rows } = await postgres.query<DecisionRow>(
    `SELECT ${columns} FROM hit_decisions WHERE session_id = ANY($1) ORDER BY id`,
    [sessions],
  );
  return rows.map(decisionOf);
}

export interface Label extends HitId {
  /** Of the hit that was decided about. */
  readonly ruleVersion: number;
  readonly confirmed: boolean;
}

/** What holds of every hit that somebody confirmed or overturned, of all rules or one, in the order of the decisions that hold. */
export async function labelsOf(postgres: Queryable, rule?: string): Promise<Label[]> {
  const { rows } = await postgres.query<
    Pick<DecisionRow, 'session_id' | 'rule' | 'rule_version' | 'message_key' | 'decision'>
  >(
    `SELECT session_id, rule, rule_version, message_key, decision FROM (
       SELECT DISTINCT ON (session_id, rule, message_key) id, session_id, rule, rule_version, message_key::text AS message_key, decision
       FROM hit_decisions WHERE decision IN ('confirmed', 'overturned') AND ($1::text IS NULL OR rule = $1)
       ORDER BY session_id, rule, message_key, id DESC
     ) AS holding ORDER BY id`,
    [rule ?? null],
  );
  return rows.map((row) => ({
    ...{ sessionId: row.session_id, rule: row.rule, ruleVersion: row.rule_version, messageKey: row.message_key },
    confirmed: row.decision === 'confirmed',
  }));
}

export interface NewDecision extends HitId {
  readonly ruleVersion: number;
  readonly agentId: string;
  readonly messageAt: Date;
  readonly decision: Decision;
  readonly comment: string;
  readonly at: Date;
  readonly by: string;
  readonly name: string;
  /** Whether the rule looks for listed words; null where the label that the facts have of this message is to stay as it is. */
  readonly byWords: boolean | null;
}

/** Adds a decision; `incident` makes the row of the incident that follows out of the decision's number. */
export async function addDecision(
  connection: Queryable,
  decision: NewDecision,
  incident: ((id: number) => object) | null,
): Promise<number> {
  const { rows } = await connection.query<{ id: string }>(
    `INSERT INTO hit_decisions (session_id, rule, rule_version, message_key, agent_id, message_at, decision, comment, decided_at, decided_by, decider_name, by_words, label_due)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::boolean, $12::boolean IS NOT NULL) RETURNING id`,
    [
      ...[decision.sessionId, decision.rule, decision.ruleVersion, decision.messageKey, decision.agentId],
      ...[decision.messageAt, decision.decision, decision.comment, decision.at, decision.by, decision.name],
      decision.decision === 'comment' ? null : decision.byWords,
    ],
  );
  const id = Number(rows[0]?.id);
  if (incident) {
    const row = JSON.stringify(incident(id));
    await connection.query(`UPDATE hit_decisions SET incident = 'due', incident_row = $2 WHERE id = $1`, [id, row]);
  }
  return id;
}

/** What decisions still have to bring about, in their order. */
export interface Due {
  readonly id: number;
  /** The row of an incident, where one follows and is not written. */
  readonly incident: object | null;
  /** The row for the facts, where it is not copied. */
  readonly label: Record<string, unknown> | null;
}

interface DueRow extends DecisionRow {
  by_words: boolean;
  incident_row: object;
  label_due: boolean;
}

export async function dueDecisions(postgres: Queryable): Promise<Due[]> {
  const { rows } = await postgres.query<DueRow>(
    `SELECT ${columns}, by_words, incident_row, label_due FROM hit_decisions
     WHERE incident = 'due' OR label_due ORDER BY id LIMIT 500`,
  );
  return rows.map((row) => ({
    id: Number(row.id),
    incident: row.incident === 'due' ? row.incident_row : null,
    label: row.label_due
      ? {
          ...{ session_id: row.session_id, rule: row.rule, message_key: row.message_key, agent_id: row.agent_id },
          ...{
            label: row.decision,
            by_words: row.by_words,
            labelled_at: row.decided_at.toISOString(),
            version: row.id,
          },
        }
      : null,
  }));
}

export async function noteDone(postgres: Queryable, id: number, incident: 'written' | 'refused' | null): Promise<void> {
  await postgres.query('UPDATE hit_decisions SET label_due = false, incident = coalesce($2, incident) WHERE id = $1', [
    id,
    incident,
  ]);
}

/** Whether the last decision that holds about a hit made an incident that stands. */
export async function standingIncident(connection: Queryable, hit: HitId): Promise<boolean> {
  const { rows } = await connection.query<{ standing: boolean }>(
    `SELECT incident_row->>'status' = 'confirmed' AS standing FROM hit_decisions
     WHERE session_id = $1 AND rule = $2 AND message_key = $3 AND incident_row IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [hit.sessionId, hit.rule, hit.messageKey],
  );
  return rows[0]?.standing === true;
}
