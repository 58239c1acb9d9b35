import { z } from 'zod';
import { parsePeriod } from '../metrics/period.ts';
import { assessmentKey, lastOf, standing } from '../metrics/relationParts.sql.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';

/** How customers' answers to a survey arrive: assessments of the agent they were served by, `matters:ITEM`, as many as named the item. */
const prefix = 'matters:';
/** Answers are looked at for so long: people's wants change. */
export const mentionMonths = 12;

export interface Mention {
  readonly item: string;
  readonly answers: number;
}

const row = z.object({ period: z.string(), item: z.string(), answers: z.string() });

/** How often customers named each item of a plan in periods that ended since `fromMs`, by item. */
export async function readMentions(
  clickhouse: Pick<ClickHouseTables, 'all'>,
  { fromMs, timeZone }: { readonly fromMs: number; readonly timeZone: string },
): Promise<Mention[]> {
  const table = `(SELECT * FROM assessments WHERE startsWith(item, '${prefix}'))`;
  const rows = await clickhouse.all.query(
    `SELECT toString(period) AS period, substring(toString(item), ${prefix.length + 1}) AS item, toString(toInt64(sum(value))) AS answers
     FROM ${lastOf(table, assessmentKey)} WHERE ${standing} AND value > 0 GROUP BY period, item`,
    { rows: row },
  );
  const found = new Map<string, number>();
  for (const { period, item, answers } of rows) {
    if (parsePeriod(period, timeZone).toMs <= fromMs) continue;
    found.set(item, (found.get(item) ?? 0) + Number(answers));
  }
  return [...found].map(([item, answers]) => ({ item, answers })).sort((a, b) => b.answers - a.answers);
}
