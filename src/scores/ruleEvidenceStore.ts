import { z } from 'zod';
import type { Stores } from '../platform/stores.ts';
import { readAssignments } from './assignmentStore.ts';
import { coveringPlan } from './coveringPlan.ts';
import { readVersions, versionInForce } from './planStore.ts';

/** What a plan asks of a rule before its hits deduct. */
export interface RuleEvidence {
  readonly labelled: number;
  readonly precisionPercent: number;
  readonly rolling: number;
}

const placeRow = z.object({ team: z.string(), tier: z.enum(['', 'junior', 'mid', 'senior']) });

/** What the plan that covers somebody in a month asks; null where it leaves that to the rules. */
export async function ruleEvidenceOf(
  { postgres, clickhouse }: Pick<Stores, 'postgres' | 'clickhouse'>,
  { agentId, month, atMs }: { readonly agentId: string; readonly month: string; readonly atMs: number },
): Promise<RuleEvidence | null> {
  const [[member], rules] = await Promise.all([
    clickhouse.all.query(
      `SELECT toString(team) AS team, toString(tier) AS tier FROM agent_history
       WHERE agent_id = {agentId:String} AND valid_from <= fromUnixTimestamp64Milli({at:Int64}, 'UTC') ORDER BY valid_from DESC LIMIT 1`,
      { params: { agentId, at: String(atMs) }, rows: placeRow },
    ),
    readAssignments(postgres),
  ]);
  const place = { agentId, team: member?.team ?? '', tier: member?.tier || null };
  const versions = await readVersions(postgres, coveringPlan(rules, place, month));
  const asked = versionInForce(versions, month)?.plan.ruleEvidence;
  if (!asked) return null;
  const { labelled, precisionPercent, rolling } = asked;
  return { labelled: Number(labelled), precisionPercent: Number(precisionPercent), rolling: Number(rolling) };
}
