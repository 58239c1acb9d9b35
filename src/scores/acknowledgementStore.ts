import type { Queryable } from '../platform/transaction.ts';

/** Whether anybody has acknowledged any version of the plan: then people rely on it. */
export async function isAdopted(postgres: Queryable, planId: string): Promise<boolean> {
  const { rows } = await postgres.query('SELECT 1 FROM plan_acknowledgements WHERE plan_id = $1 LIMIT 1', [planId]);
  return rows.length > 0;
}
