// The lower bound lets whole parts of the raw tables be passed over.
const brought = `import_id >= {firstImport:UInt32} AND import_id IN (SELECT arrayJoin({imports:Array(UInt32)}))`;

/**
 * Ids of the sessions that these imports touched: by a message, a session row, an event or a rating, or because their
 * shop's attendance, the service hours or an outage of their day changed. Parameters: imports Array(UInt32), firstImport UInt32, tz String.
 */
export const touchedSessionsSql = (database: string): string => `
SELECT DISTINCT id FROM (
  SELECT session_id AS id FROM ${database}.messages WHERE ${brought}
  UNION ALL SELECT session_id FROM ${database}.sessions WHERE ${brought}
  UNION ALL SELECT subject_id FROM ${database}.events WHERE ${brought} AND subject_kind = 'session'
  UNION ALL SELECT session_id FROM ${database}.ratings WHERE ${brought} AND session_id != ''
  UNION ALL SELECT session_id FROM ${database}.recut_sessions WHERE ${brought}
  UNION ALL SELECT session_id FROM ${database}.sessions
    WHERE (shop, toDate32(started_at, {tz:String})) GLOBAL IN (
      SELECT history.shop, toDate32(scheduled_start, {tz:String}) FROM (
        SELECT agent_id, scheduled_start FROM ${database}.attendance WHERE ${brought}
          OR agent_id GLOBAL IN (SELECT agent_id FROM ${database}.agents WHERE ${brought})
      ) AS shifts INNER JOIN (SELECT DISTINCT agent_id, shop FROM ${database}.agents) AS history USING (agent_id)
    )
  UNION ALL SELECT session_id FROM ${database}.session_facts
    WHERE (SELECT count() FROM ${database}.calendar WHERE ${brought} AND type IN ('hours', 'outage')) > 0
      AND arrayExists(
        d -> toDate32(started_at, {tz:String}) <= d AND d <= toDate32(closed_at, {tz:String}),
        (SELECT groupUniqArray(date) FROM ${database}.calendar WHERE ${brought} AND type IN ('hours', 'outage'))
      )
)
WHERE id != ''`;

/**
 * The customers whose windows may have changed: of the touched sessions (as the facts know them now) and tickets, and of tickets
 * about the same unit or linked to a touched session. Run before and after the session facts are written.
 */
export const touchedCustomersSql = (database: string): string => `
SELECT DISTINCT customer_id FROM (
  SELECT customer_id FROM ${database}.session_facts WHERE session_id GLOBAL IN (SELECT id FROM derivation_sessions)
  UNION ALL SELECT customer_id FROM ${database}.tickets
    WHERE ticket_id GLOBAL IN (
      SELECT ticket_id FROM ${database}.tickets WHERE ${brought}
      UNION ALL SELECT subject_id FROM ${database}.events WHERE ${brought} AND subject_kind = 'ticket'
      UNION ALL SELECT ticket_id FROM ${database}.ratings WHERE ${brought} AND ticket_id != ''
    )
    OR session_id GLOBAL IN (SELECT id FROM derivation_sessions)
    OR (serial != '' AND serial GLOBAL IN (SELECT serial FROM ${database}.tickets WHERE ${brought}))
)
WHERE customer_id != ''`;
