import { winnerFirst } from '../facts/sessionFacts.sql.ts';

export const fromAt = `fromUnixTimestamp64Milli({from:Int64}, 'UTC')`;
export const toAt = `fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
export const inPeriod = (instant: string) => `${instant} >= ${fromAt} AND ${instant} < ${toAt}`;

/** X of the metrics: what is no observation at all. */
export const excludedX = '(bot_only OR test OR no_customer_message OR outage)';

/** What every observation over `repliedSessions` begins with: whom the session is about, where, and what opens it. */
export const ofSession = (agent: 'owner_agent_id' | 'first_agent_id' = 'owner_agent_id') =>
  `toString(${agent}) AS agent_id, toString(facts.queue) AS queue, 'session' AS kind, facts.session_id AS id`;

/** The period's sessions that a person replied to, as `facts`; `more` narrows them. */
export const repliedSessions = (more?: string) => `(
    SELECT * FROM session_facts FINAL
    WHERE ${inPeriod('started_at')} AND replied AND NOT ${excludedX}${more === undefined ? '' : ` AND ${more}`}
  ) AS facts`;

/** Messages that can belong to a session of the period; a session still open a week after its end is cut there. */
export const messagesOfPeriod = `at >= ${fromAt} AND at < ${toAt} + INTERVAL 7 DAY`;
/** Said by a person and to be seen. */
export const human = `sender = 'agent' AND NOT auto AND kind < 'note'`;

/** The session rows that hold, for columns that the facts do not keep. */
export const sessionRows = (columns: string) => `(
    SELECT session_id, ${columns}
    FROM (SELECT * FROM sessions WHERE ${inPeriod('started_at')} ORDER BY session_id, ${winnerFirst} LIMIT 1 BY session_id)
  )`;

/** The orders that hold, neither brushed nor cancelled. */
export const orderRows = `(
    SELECT * FROM (SELECT * FROM orders ORDER BY order_id, ${winnerFirst} LIMIT 1 BY order_id)
    WHERE NOT coalesce(brushed, false) AND customer_id != ''
  )`;

/** A threshold as milliseconds, where it is given in seconds. */
export const ms = (threshold: string) => `toInt64({t_${threshold}:Float64} * 1000)`;
export const limit = (threshold: string) => `{t_${threshold}:Float64}`;

export const anyWord = (words: readonly string[]) => `[${words.map((word) => `'${word}'`).join(', ')}]`;
