import { z } from 'zod';
import { excludedX, incidentKey, lastOf } from '../../metrics/relationParts.sql.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import { bestRating, turnedFrom, turnedTo } from './proposeCases.ts';
import { settledHours, type Week } from './weeks.ts';

/** More than enough to fill a handful, and no more than fits a parameter. */
const candidatesMax = 2000;

const row = z.object({
  sessionId: z.string(),
  rating: z.number().nullable(),
  feelingStart: z.number().nullable(),
  feelingEnd: z.number().nullable(),
  resolved: z.boolean(),
  turns: z.number(),
  startedMs: z.string(),
});
export type CandidateRow = z.infer<typeof row>;

/**
 * Conversations that began in the week, were answered and count, and have two of the three reasons; none in which a rule of `weighty`
 * found something or an incident is not overturned.
 */
export async function candidatesOf(
  { all }: ClickHouse,
  week: Week,
  weighty: readonly string[],
): Promise<CandidateRow[]> {
  const within = (column: string) =>
    `${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
  return await all.query(
    `SELECT talks.session_id AS sessionId, rating_score AS rating, feelings.start AS feelingStart, feelings.end AS feelingEnd,
       toBool(outcomes.settled) AS resolved, toUInt32(length(turn_agent_id)) AS turns,
       toString(toUnixTimestamp64Milli(started_at)) AS startedMs
     FROM (
       SELECT session_id, rating_score, turn_agent_id, started_at FROM session_facts FINAL
       WHERE owner_agent_id != '' AND replied AND NOT ${excludedX} AND ${within('started_at')}
     ) AS talks
     GLOBAL LEFT JOIN (
       SELECT session_id, feeling_start AS start, feeling_end AS end FROM inspected_sessions FINAL WHERE ${within('started_at')}
     ) AS feelings ON talks.session_id = feelings.session_id
     GLOBAL LEFT JOIN (
       SELECT session_id, toUInt8(NOT moved AND NOT (next_contact_at IS NOT NULL
         AND dateDiff('millisecond', closed_at, assumeNotNull(next_contact_at)) <= {settledMs:Int64})) AS settled
       FROM session_outcomes FINAL
       WHERE replied AND NOT excluded AND closed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
     ) AS outcomes ON talks.session_id = outcomes.session_id
     WHERE (ifNull(rating_score, 0) >= ${bestRating}) + (ifNull(feelings.start, 10000) <= ${turnedFrom} AND ifNull(feelings.end, 0) >= ${turnedTo}) + resolved >= 2
       AND talks.session_id GLOBAL NOT IN (SELECT session_id FROM rule_hits FINAL WHERE live = 1 AND has({weighty:Array(String)}, toString(rule)) AND ${within('started_at')})
       AND talks.session_id GLOBAL NOT IN (SELECT session_id FROM ${lastOf('incidents', incidentKey)} WHERE session_id != '' AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND status != 'overturned')
     ORDER BY (ifNull(feelings.start, 10000) <= ${turnedFrom} AND ifNull(feelings.end, 0) >= ${turnedTo}) DESC, ifNull(rating_score, 0) DESC, resolved DESC,
       turns DESC, started_at, sessionId
     LIMIT ${candidatesMax}`,
    {
      params: {
        ...{ from: String(week.fromMs), to: String(week.toMs), weighty: [...weighty] },
        settledMs: String(settledHours * 3_600_000),
      },
      rows: row,
    },
  );
}

/** When the latest conversation there is began; null while there is none. */
export async function latestStart({ all }: ClickHouse): Promise<number | null> {
  const [found] = await all.query<{ n: string; ms: string }>(
    'SELECT count() AS n, toString(toUnixTimestamp64Milli(max(started_at))) AS ms FROM session_facts',
  );
  return found && Number(found.n) > 0 ? Number(found.ms) : null;
}
