import { z } from 'zod';
import { assessmentKey, lastOf, standing } from '../../metrics/relationParts.sql.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';

/** Who has an assessment of an item in a period, whichever way it came: from a form of ours or by a file. What was taken back does not count. */
export async function assessedIn(
  clickhouse: ClickHouse,
  period: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (items.length === 0) return new Map();
  const rows = await clickhouse.all.query(
    `SELECT toString(item) AS item, groupUniqArray(toString(agent_id)) AS agents
     FROM ${lastOf('(SELECT * FROM assessments WHERE period = {period:String} AND item IN {items:Array(String)})', assessmentKey)}
     WHERE ${standing} GROUP BY item`,
    { params: { period, items: [...items] }, rows: z.object({ item: z.string(), agents: z.array(z.string()) }) },
  );
  return new Map(rows.map(({ item, agents }) => [item, new Set(agents)]));
}
