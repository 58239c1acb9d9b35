import { z } from 'zod';
import type { Period } from '../../metrics/period.ts';
import { assessmentsWithDays } from '../../metrics/relationParts.sql.ts';
import type { ClickHouseTables } from '../../platform/clickhouse.ts';
import type { Rating } from './leniency.ts';

const row = z.object({ item: z.string(), rater: z.string(), agentId: z.string(), value: z.string() });

/**
 * What people gave others in a period, and in the longer ones it is part of: assessments by a person. Inspections of single
 * conversations and what was only recorded are compared elsewhere; the raters of a 360 round have numbers by lot, which mean another
 * person for each one rated.
 */
export async function ratingsIn(facts: ClickHouseTables, period: Period): Promise<Rating[]> {
  const rows = await facts.all.query(
    `SELECT toString(item) AS item, toString(by) AS rater, toString(agent_id) AS agentId, toString(value) AS value
     FROM ${assessmentsWithDays}
     WHERE first_day <= {last:Date32} AND day_after > {first:Date32} AND by != '' AND by != agent_id
       AND NOT startsWith(item, 'qa') AND NOT startsWith(by, 'inspection:') AND attributes['round'] = ''
     ORDER BY item, by, agent_id`,
    { params: { first: period.firstDay, last: period.lastDay }, rows: row },
  );
  return rows.map(({ value, ...rating }) => ({ ...rating, value: Number(value) }));
}
