import type { Queryable } from '../platform/transaction.ts';

/** Somebody who has read a version, or was reminded to. */
export interface Noted {
  readonly agentId: string;
  readonly at: Date;
  readonly byName: string;
}

/** Who has acknowledged this version. */
export async function readAcknowledgements(postgres: Queryable, planId: string, version: number): Promise<Noted[]> {
  const { rows } = await postgres.query<Noted>(
    `SELECT agent_id AS "agentId", at, by_name AS "byName" FROM plan_acknowledgements
     WHERE plan_id = $1 AND version = $2 ORDER BY at`,
    [planId, version],
  );
  return rows;
}

/** The last reminder of each person who was reminded of this version. */
export async function readReminders(postgres: Queryable, planId: string, version: number): Promise<Noted[]> {
  const { rows } = await postgres.query<Noted>(
    `SELECT DISTINCT ON (agent_id) agent_id AS "agentId", at, by_name AS "byName" FROM plan_reminders
     WHERE plan_id = $1 AND version = $2 ORDER BY agent_id, at DESC`,
    [planId, version],
  );
  return rows;
}

export interface Noting {
  readonly planId: string;
  readonly version: number;
  readonly byName: string;
  readonly at: Date;
}

/** True the first time; later ones change nothing. */
export async function insertAcknowledgement(postgres: Queryable, agentId: string, noting: Noting): Promise<boolean> {
  const { planId, version, byName, at } = noting;
  const { rowCount } = await postgres.query(
    `INSERT INTO plan_acknowledgements (plan_id, version, agent_id, at, by_name) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [planId, version, agentId, at, byName],
  );
  return rowCount === 1;
}

export async function insertReminders(
  postgres: Queryable,
  agents: readonly string[],
  { planId, version, byName, at }: Noting,
): Promise<void> {
  await postgres.query(
    `INSERT INTO plan_reminders (plan_id, version, agent_id, at, by_name)
     SELECT $1, $2, agent_id, $4, $5 FROM unnest($3::text[]) AS agent_id
     ON CONFLICT DO NOTHING`,
    [planId, version, agents, at, byName],
  );
}

/** Whether anybody has acknowledged any version of the plan: then people rely on it. */
export async function isAdopted(postgres: Queryable, planId: string): Promise<boolean> {
  const { rows } = await postgres.query('SELECT 1 FROM plan_acknowledgements WHERE plan_id = $1 LIMIT 1', [planId]);
  return rows.length > 0;
}
