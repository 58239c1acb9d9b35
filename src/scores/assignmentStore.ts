import type { Queryable } from '../platform/transaction.ts';
import type { Assignment } from './coveringPlan.ts';

export interface StoredAssignment extends Assignment {
  readonly assignedAt: Date;
  readonly assignedBy: string;
}

export async function readAssignments(postgres: Queryable): Promise<StoredAssignment[]> {
  const { rows } = await postgres.query<StoredAssignment>(
    `SELECT team, tier, agent_id AS "agentId", from_month AS "fromMonth", plan_id AS "planId",
       assigned_at AS "assignedAt", assigned_by AS "assignedBy"
     FROM plan_assignments ORDER BY team, tier, agent_id, from_month`,
  );
  return rows;
}

/** Sets the rule for these people and month; one that was set for the same month is replaced. */
export async function putAssignment(postgres: Queryable, rule: StoredAssignment): Promise<void> {
  await postgres.query(
    `INSERT INTO plan_assignments (team, tier, agent_id, from_month, plan_id, assigned_at, assigned_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (team, tier, agent_id, from_month)
     DO UPDATE SET plan_id = excluded.plan_id, assigned_at = excluded.assigned_at, assigned_by = excluded.assigned_by`,
    [rule.team, rule.tier, rule.agentId, rule.fromMonth, rule.planId, rule.assignedAt, rule.assignedBy],
  );
}
