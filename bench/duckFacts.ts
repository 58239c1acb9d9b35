import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ClickHouse } from '../src/platform/clickhouse.ts';
import { elapsed } from './benchCompany.ts';

/** The same session facts out of the same rows, written as one would for DuckDB: turns by window functions. Ids of messages are unique here. */
export const duckSessionFacts = `
CREATE OR REPLACE TABLE session_facts AS
WITH talk AS (
  SELECT session_id, ms, sender = 1 AS customer, sender_id,
    coalesce(lag(sender = 1) OVER w, false) AS after_customer
  FROM messages WHERE sender IN (1, 4)
  WINDOW w AS (PARTITION BY session_id ORDER BY ms, sender, message_id)
),
edges AS (
  SELECT session_id, ms, customer, sender_id,
    count(*) FILTER (customer AND NOT after_customer) OVER (PARTITION BY session_id ORDER BY ms, customer DESC ROWS UNBOUNDED PRECEDING) AS turn,
    customer AND NOT after_customer AS opens, NOT customer AND after_customer AS closes
  FROM talk
),
turns AS (
  SELECT e.session_id, turn, min(ms) FILTER (opens) AS started, min(ms) FILTER (closes) AS answered, arg_min(sender_id, ms) FILTER (closes) AS agent
  FROM edges AS e WHERE opens OR closes GROUP BY e.session_id, turn
),
clocked AS (
  SELECT t.*, greatest(started, CASE WHEN s.assigned_agent_id = t.agent THEN s.assigned_ms ELSE 0 END) AS clock
  FROM turns AS t JOIN sessions AS s USING (session_id) WHERE started IS NOT NULL
),
by_session AS (
  SELECT session_id, list(started ORDER BY turn) FILTER (answered IS NOT NULL) AS started, list(clock ORDER BY turn) FILTER (answered IS NOT NULL) AS clock,
    list(answered ORDER BY turn) FILTER (answered IS NOT NULL) AS answered, list(agent ORDER BY turn) FILTER (answered IS NOT NULL) AS agents,
    list(greatest(0, answered - clock) ORDER BY turn) FILTER (answered IS NOT NULL) AS reply_ms, max(started) FILTER (answered IS NULL) AS open_started
  FROM clocked GROUP BY session_id
),
parts AS (
  SELECT session_id, sender_id AS agent, count(*) AS replies, max(ms) AS last_ms, list(DISTINCT (ms + 28800000) // 86400000) AS days
  FROM talk WHERE NOT customer GROUP BY session_id, sender_id
),
turn_parts AS (
  SELECT session_id, agent, count(*) AS turns, sum(greatest(0, answered - clock)) AS reply_ms, count(*) FILTER (answered - clock <= 180000) AS within
  FROM clocked WHERE answered IS NOT NULL GROUP BY session_id, agent
),
slices AS (
  SELECT p.session_id, list(p.agent) AS slice_agents, list(replies) AS replies, list(coalesce(turns, 0)) AS turns, list(coalesce(reply_ms, 0)) AS slice_ms,
    list(coalesce(within, 0)) AS within, list(days) AS days, arg_max(p.agent, last_ms) AS last_replier
  FROM parts AS p LEFT JOIN turn_parts USING (session_id, agent) GROUP BY p.session_id
),
spoken AS (SELECT session_id, max(ms) AS last_ms, count(*) AS messages FROM messages GROUP BY session_id)
SELECT s.*, spoken.last_ms, spoken.messages, b.* EXCLUDE (session_id), slices.* EXCLUDE (session_id), r.score, r.nps, r.rated_ms,
  coalesce(b.agents[1], s.assigned_agent_id) AS first_agent, coalesce(last_replier, s.assigned_agent_id) AS owner
FROM sessions AS s JOIN spoken USING (session_id) LEFT JOIN by_session AS b USING (session_id) LEFT JOIN slices USING (session_id) LEFT JOIN ratings AS r USING (session_id)`;

const exports: Readonly<Record<string, string>> = {
  messages: `SELECT session_id, toUnixTimestamp64Milli(at) AS ms, toUInt8(sender) AS sender, message_id, toString(sender_id) AS sender_id FROM messages`,
  sessions: `SELECT session_id, customer_id, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, toString(issue) AS issue,
    toUnixTimestamp64Milli(started_at) AS started_ms, toString(assigned_agent_id) AS assigned_agent_id, toUnixTimestamp64Milli(assumeNotNull(assigned_at)) AS assigned_ms FROM sessions`,
  ratings: `SELECT session_id, score, nps, toUnixTimestamp64Milli(at) AS rated_ms FROM ratings`,
};

/** Time DuckDB needs for the session facts alone, its own tables loaded beforehand; checked against ours by sums. */
export async function duckFacts(clickhouse: ClickHouse, directory: string): Promise<{ ms: number }> {
  const instance = await DuckDBInstance.create(join(directory, 'facts.duckdb'), { threads: '2', memory_limit: '8GB' });
  const connection = await instance.connect();
  try {
    for (const [table, select] of Object.entries(exports)) {
      const file = join(directory, `${table}.parquet`);
      await pipeline(await clickhouse.all.stream(`${select} FORMAT Parquet`), createWriteStream(file));
      await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_parquet('${file}')`);
    }
    const ms = await elapsed(() => connection.run(duckSessionFacts));
    const theirs = await connection.runAndReadAll(
      `SELECT count(*)::VARCHAR AS sessions, sum(list_sum(reply_ms))::VARCHAR AS reply_ms FROM session_facts`,
    );
    const ours = await clickhouse.all.query<{ sessions: string; reply_ms: string }>(
      'SELECT count() AS sessions, sum(arraySum(turn_reply_ms)) AS reply_ms FROM session_facts FINAL',
    );
    const [row] = theirs.getRowObjects();
    if (row?.sessions !== ours[0]?.sessions || row?.reply_ms !== ours[0]?.reply_ms)
      throw new Error(`DuckDB made other rows: ${JSON.stringify(row)} against ${JSON.stringify(ours[0])}`);
    return { ms };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
