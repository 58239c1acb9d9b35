import { z } from 'zod';
import type { Period } from '../metrics/period.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';

const salaryRow = z.object({ agentId: z.string(), fen: z.string() });

/** Monthly salaries in fen as they hold on the period's last day; whoever has none on record is left out. */
export async function salariesIn(clickhouse: ClickHouseTables, period: Period): Promise<ReadonlyMap<string, bigint>> {
  const rows = await clickhouse.all.query(
    `SELECT agent_id AS agentId, toString(assumeNotNull(monthly_salary_fen)) AS fen
     FROM (
       SELECT *
       FROM (SELECT * FROM agents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, valid_from)
       WHERE valid_from IS NULL OR valid_from <= {last:Date32}
       ORDER BY valid_from DESC NULLS LAST
       LIMIT 1 BY agent_id
     )
     WHERE monthly_salary_fen IS NOT NULL`,
    { params: { last: period.lastDay }, rows: salaryRow },
  );
  return new Map(rows.map(({ agentId, fen }) => [agentId, BigInt(fen)]));
}
