import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { ClickHouseConnection } from '../../src/platform/clickhouse.ts';

const folder = new URL('.', import.meta.url);

/** One agent's numerator and denominator in the metric's units, as the plain SQL over raw rows finds them. */
export interface CheckedValue {
  readonly key: string;
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

export interface CheckOptions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly priority?: 'normal' | 'urgent';
}

const row = z.object({
  agent_id: z.string(),
  numerator: z.string(),
  numerator_per: z.coerce.number(),
  denominator: z.string(),
  denominator_per: z.coerce.number(),
});

/** Builds the views and tables of `views.sql` over the raw rows as they are now, replacing earlier ones. */
export async function buildCheckViews(connection: ClickHouseConnection): Promise<void> {
  const text = readFileSync(new URL('views.sql', folder), 'utf8').replace(/^\s*--.*$/gm, '');
  for (const statement of text.split(/;\s*$/m).filter((each) => each.trim() !== '')) {
    const name = /CREATE (?:VIEW|TABLE) (check_\w+)/.exec(statement)?.[1];
    if (!name) throw new Error(`views.sql holds something else than a view: ${statement.slice(0, 80)}`);
    await connection.command(`DROP TABLE IF EXISTS ${name}`);
    await connection.command(statement);
  }
}

/** Runs `<name>.sql`; rows without an agent are left out, unless the SQL credits nobody. */
export async function check(
  connection: ClickHouseConnection,
  name: string,
  { fromMs, toMs, nowMs, priority = undefined }: CheckOptions,
): Promise<CheckedValue[]> {
  const sql = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
  const params = { from: fromMs / 1000, to: toMs / 1000, now: nowMs / 1000, priority: priority ?? '' };
  const rows = await connection.query(
    `SELECT toString(agent_id) AS agent_id, toString(numerator) AS numerator, numerator_per, toString(denominator) AS denominator, denominator_per
     FROM (${sql})`,
    { params, rows: row },
  );
  return rows
    .filter(({ agent_id }) => agent_id !== '' || sql.includes(`'' AS agent_id`))
    .map((found) => ({
      key: found.agent_id,
      numerator: new Decimal(found.numerator).div(found.numerator_per),
      denominator: new Decimal(found.denominator).div(found.denominator_per),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
