import { z } from 'zod';
import type { Period } from '../metrics/period.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import { type PayBase, payBase } from './gradePay.ts';

const baseRow = z.object({ agentId: z.string(), salaryFen: z.string(), performance: z.string() });

/**
 * By agent, a month's pay as it holds on the period's last day. The part that depends on performance is the further column
 * `performance_pay` of the agent list, in yuan. Whoever has no salary on record is there without one.
 */
export async function payBasesIn(clickhouse: ClickHouse, period: Period): Promise<ReadonlyMap<string, PayBase>> {
  const rows = await clickhouse.all.query(
    `SELECT agent_id AS agentId, ifNull(toString(monthly_salary_fen), '') AS salaryFen, attributes['performance_pay'] AS performance
     FROM (SELECT * FROM agents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, valid_from)
     WHERE valid_from IS NULL OR valid_from <= {last:Date32}
     ORDER BY valid_from DESC NULLS LAST
     LIMIT 1 BY agent_id`,
    { params: { last: period.lastDay }, rows: baseRow },
  );
  return new Map(
    rows.map(({ agentId, salaryFen, performance }) => [
      agentId,
      payBase(salaryFen === '' ? null : BigInt(salaryFen), performance),
    ]),
  );
}
