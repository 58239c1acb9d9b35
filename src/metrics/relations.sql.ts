/**
 * What metrics count: each relation is one SQL query over facts whose rows are observations. All share the columns
 * kind, id, customer, shop, channel, queue, priority (what a row is and how it can be sliced); `shop` is '' where the row has none
 * of its own and the credited agent's shop holds. Parameters: from, to, now Int64 (UTC ms), tz String.
 */
export type RelationName = keyof typeof relations;

export const fromAt = `fromUnixTimestamp64Milli({from:Int64}, 'UTC')`;
export const toAt = `fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
/** The instant of snapshots: the period's end, or now while the period runs. */
export const snapshotAt = `fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC')`;

/** X of G6 holds for every metric: what is excluded is no observation at all. */
const excludedX = `(bot_only OR test OR no_customer_message OR outage)`;
const noSlice = `'' AS shop, '' AS channel, '' AS queue, '' AS priority`;

/** Local midnight that starts the first day of the period text an assessment names, and the one that ends it. */
const assessedFrom = `multiIf(
  match(period, '^\\\\d{4}-Q[1-4]$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 1)) * 3 - 2, 1),
  match(period, '^\\\\d{4}-\\\\d{2}$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 2)), 1),
  match(period, '^\\\\d{4}$'), makeDate32(toUInt16(left(period, 4)), 1, 1),
  toDate32OrZero(left(period, 10)))`;
const assessedTo = `multiIf(
  match(period, '^\\\\d{4}-Q[1-4]$'), addMonths(${assessedFrom}, 3),
  match(period, '^\\\\d{4}-\\\\d{2}$'), addMonths(${assessedFrom}, 1),
  match(period, '^\\\\d{4}$'), addMonths(${assessedFrom}, 12),
  toDate32OrZero(right(period, 10)) + 1)`;
const localMidnight = (date: string) => `toDateTime64(${date}, 3, {tz:String})`;
const assessmentRows = `
  SELECT 'assessment' AS kind, concat(agent_id, ' ', period, ' ', item, ' ', by) AS id, '' AS customer, ${noSlice},
    toString(agent_id) AS agent_id, toString(item) AS item, value, ${localMidnight(assessedFrom)} AS begins, ${localMidnight(assessedTo)} AS ends
  FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)`;

const handledRows = `
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(agent) AS agent_id, started_at AS at, 0 AS complaint, 1 AS handled
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent, slice_replies AS replies
  WHERE replies > 0 AND NOT ${excludedX}`;

/** Presence of each agent on each local day; a shift over midnight counts on both days. */
const presence = `
  SELECT toString(agent_id) AS agent_id, day, sum(greatest(0, least(ends_ms, day_to_ms) - greatest(begins_ms, day_from_ms))) AS online_ms
  FROM (
    SELECT agent_id, toUnixTimestamp64Milli(assumeNotNull(actual_start)) AS begins_ms, toUnixTimestamp64Milli(assumeNotNull(actual_end)) AS ends_ms,
      arrayJoin(arrayMap(d -> toDate32(assumeNotNull(actual_start), {tz:String}) + toIntervalDay(d),
        range(toUInt32(greatest(0, dateDiff('day', assumeNotNull(actual_start), assumeNotNull(actual_end), {tz:String}))) + 1))) AS day,
      toUnixTimestamp64Milli(${localMidnight('day')}) AS day_from_ms,
      toUnixTimestamp64Milli(${localMidnight('day + 1')}) AS day_to_ms
    FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
    WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL AND actual_start < ${toAt} AND actual_end > ${fromAt}
  )
  GROUP BY agent_id, day
  HAVING online_ms > 0`;

export const relations = {
  sessions: `
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(first_agent_id) AS first_agent_id, toString(owner_agent_id) AS owner_agent_id, started_at, closed_at, replied, invited, rated_at,
    first_reply_ms, outside_hours
  FROM session_facts FINAL
  WHERE NOT ${excludedX}`,

  slices: `
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(agent) AS agent_id, started_at, replies, turns, open_turns, reply_ms, within_3min, moved_out,
    outside_hours
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent, slice_replies AS replies, slice_turns AS turns, slice_open_turns AS open_turns,
    slice_reply_ms AS reply_ms, slice_turns_within_3min AS within_3min, slice_moved_out AS moved_out
  WHERE NOT ${excludedX}`,

  outcomes: `
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(owner_agent_id) AS owner_agent_id, closed_at, replied, moved, next_contact_at
  FROM session_outcomes FINAL
  WHERE NOT excluded`,

  tickets: `
  SELECT 'ticket' AS kind, ticket_id AS id, customer_id AS customer, toString(ticket_facts.shop) AS shop, toString(channel) AS channel, toString(queue) AS queue,
    toString(priority) AS priority, toString(ticket_facts.kind) AS ticket_kind, toString(owner_agent_id) AS owner_agent_id, toString(fixer_agent_id) AS fixer_agent_id,
    created_at, first_closed_at, closed_at, reopened_at, contacts, reopened, escalated, next_contact_at, next_repair_at
  FROM ticket_facts FINAL
  WHERE NOT cancelled`,

  complaints: `
  SELECT 'ticket' AS kind, ticket_id AS id, customer_id AS customer, toString(ticket_facts.shop) AS shop, toString(channel) AS channel, toString(queue) AS queue,
    toString(priority) AS priority, created_at, credit.1 AS agent_id, credit.2 AS repeated, credit.3 AS created
  FROM ticket_facts FINAL
  ARRAY JOIN [
    (toString(owner_agent_id), 0, 1),
    (toString(previous_complaint_owner_id), toUInt8(ticket_facts.kind = 'complaint' AND previous_complaint_at IS NOT NULL
      AND toUnixTimestamp64Milli(created_at) - toUnixTimestamp64Milli(assumeNotNull(previous_complaint_at)) <= 2592000000), 0)
  ] AS credit
  WHERE NOT cancelled`,

  ratings: `
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(owner_agent_id) AS owner_agent_id, assumeNotNull(rated_at) AS at, assumeNotNull(rating_score) AS score, rating_nps AS nps
  FROM session_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT ${excludedX}
  UNION ALL
  SELECT 'ticket' AS kind, ticket_id AS id, customer_id AS customer, toString(ticket_facts.shop) AS shop, toString(channel) AS channel, toString(queue) AS queue,
    toString(priority) AS priority, toString(owner_agent_id) AS owner_agent_id, assumeNotNull(rated_at) AS at, assumeNotNull(rating_score) AS score, rating_nps AS nps
  FROM ticket_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT cancelled`,

  agentDays: `
  SELECT 'agentDay' AS kind, concat(presence.agent_id, ' ', toString(presence.day)) AS id, '' AS customer, ${noSlice},
    presence.agent_id AS agent_id, ${localMidnight('presence.day')} AS at, customers, online_ms
  FROM (${presence}) AS presence
  LEFT JOIN (
    SELECT toString(agent) AS agent_id, day, length(arrayDistinct(groupArray(customer_hash))) AS customers
    FROM session_facts FINAL
    ARRAY JOIN load_agent_id AS agent, load_day AS day
    WHERE started_at < ${toAt} AND closed_at >= ${fromAt} AND NOT ${excludedX}
    GROUP BY agent_id, day
  ) AS loads ON presence.agent_id = loads.agent_id AND presence.day = loads.day`,

  attendance: `
  SELECT 'attendance' AS kind, concat(agent_id, ' ', toString(scheduled_start)) AS id, '' AS customer, ${noSlice},
    toString(agent_id) AS agent_id, scheduled_start, scheduled_end, actual_start
  FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)`,

  assessments: assessmentRows,

  latestAssessments: `
  SELECT *
  FROM (${assessmentRows}) AS every
  WHERE begins < ${toAt}
  QUALIFY begins = max(begins) OVER (PARTITION BY agent_id, item)`,

  handledAndComplaints: `${handledRows}
  UNION ALL
  SELECT 'incident' AS kind, if(incident_id = '', concat(agent_id, ' ', toString(at)), incident_id) AS id, '' AS customer, ${noSlice},
    toString(agent_id) AS agent_id, at, 1 AS complaint, 0 AS handled
  FROM (
    SELECT * FROM incidents
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))
  )
  WHERE item = 'complaint' AND status = 'confirmed'`,
} as const;
