/**
 * The facts of the bench company as somebody would write them who knows the data: no events, no hand-offs, no transfers, default hours,
 * every agent present, every issue known. None of that is looked at; columns and rows are the same as our derivation's.
 */
const day = (ms: string) => `toDate32(fromUnixTimestamp64Milli(${ms}), 'Asia/Shanghai')`;
const business = (ms: string) =>
  `toInt32(${day(ms)}) * 50400000 + least(50400000, greatest(0, (${ms} + 28800000) % 86400000 - 32400000))`;
const instants = (ms: string) => `arrayMap(t -> fromUnixTimestamp64Milli(t, 'UTC'), ${ms})`;

const sessionFacts = `INSERT INTO session_facts
WITH said AS (
  SELECT session_id,
    arraySort(groupArrayIf((toUnixTimestamp64Milli(at), toUInt8(sender), sender_id), sender IN ('customer', 'agent'))) AS talk,
    max(at) AS last_at, toUInt32(count()) AS messages_count
  FROM messages GROUP BY session_id
),
turned AS (
  SELECT session_id, customer_id, shop, channel, queue, issue, started_at, assigned_agent_id, assigned_at, last_at, messages_count,
    arrayMap(t -> t.2 = 1, talk) AS from_customer,
    arrayPushFront(arrayPopBack(from_customer), 0) AS after_customer,
    arrayMap((n, w) -> NOT n AND w, from_customer, after_customer) AS closes,
    arrayFilter((t, n, w) -> n AND NOT w, talk.1, from_customer, after_customer) AS opened,
    arrayFilter((t, c) -> c, talk.1, closes) AS answered,
    arrayFilter((t, c) -> c, talk.3, closes) AS answerer,
    arraySlice(opened, 1, length(answered)) AS turned_ms,
    arrayFilter((t, n) -> NOT n, talk.3, from_customer) AS repliers,
    arrayFilter((t, n) -> NOT n, talk.1, from_customer) AS replied_ms,
    length(opened) > length(answered) AS has_open,
    arrayMap((s, g) -> if(g = assigned_agent_id, greatest(s, toUnixTimestamp64Milli(assumeNotNull(assigned_at))), s), turned_ms, answerer) AS clock,
    arrayMap((a, c) -> greatest(0, a - c), answered, clock) AS reply_ms,
    arrayMap((a, c) -> if(a > c, (${business('a')}) - (${business('c')}), 0), answered, clock) AS business_ms,
    if(empty(repliers), toString(assigned_agent_id), toString(repliers[-1])) AS owner,
    arrayDistinct(arrayConcat(arrayMap(g -> toString(g), repliers), if(has_open, [owner], []))) AS slices,
    arrayDistinct(arrayMap((g, t) -> (toString(g), ${day('t')}), repliers, replied_ms)) AS loads
  FROM said INNER JOIN sessions USING (session_id)
)
SELECT session_id, customer_id, shop, channel, queue, issue, started_at, last_at,
  if(empty(answered), toString(assigned_agent_id), toString(answerer[1])), owner, false, false, false, false, false,
  (toUnixTimestamp64Milli(started_at) + 28800000) % 86400000 NOT BETWEEN 32400000 AND 82799999, false, notEmpty(answered), false, false, messages_count, false,
  if(empty(answered), 0, reply_ms[1]), if(empty(answered), 0, answered[1] - turned_ms[1]), if(empty(answered), 0, business_ms[1]),
  ${instants('turned_ms')}, ${instants('clock')}, ${instants('answered')}, answerer, reply_ms, business_ms,
  if(has_open, fromUnixTimestamp64Milli(opened[-1], 'UTC'), NULL), slices,
  arrayMap(g -> toUInt32(countEqual(repliers, g)), slices), arrayMap(g -> toUInt32(countEqual(answerer, g)), slices),
  arrayMap(g -> toUInt8(has_open AND g = owner), slices), arrayMap(g -> arraySum((w, r) -> if(w = g, r, 0), answerer, reply_ms), slices),
  arrayMap(g -> toUInt32(arrayCount((w, r) -> w = g AND r <= 180000, answerer, reply_ms)), slices), arrayMap(g -> toUInt8(0), slices),
  loads.1, loads.2, rated.score, rated.nps, rated.at, 1, 0
FROM turned LEFT JOIN (SELECT session_id, toNullable(score) AS score, nps, toNullable(at) AS at FROM ratings) AS rated USING (session_id)`;

const contacts = `(SELECT customer_id, issue, started_at AS created_at FROM sessions UNION ALL SELECT customer_id, issue, created_at FROM tickets)`;

const ticketFacts = `INSERT INTO ticket_facts
SELECT ticket_id, t.customer_id, '', '', '', t.kind, priority, t.issue, t.product, '', t.agent_id, t.agent_id, t.created_at, closed, closed, NULL, NULL, 1, false, false, false, false,
  nullIf(next.created_at, toDateTime64(0, 3, 'UTC')), if(t.kind = 'complaint', nullIf(previous.created_at, toDateTime64(0, 3, 'UTC')), NULL),
  if(t.kind = 'complaint', previous.agent_id, ''), if(t.kind = 'repair', nullIf(repair.created_at, toDateTime64(0, 3, 'UTC')), NULL), NULL, NULL, NULL, 1, 0
FROM (SELECT *, assumeNotNull(closed_at) AS closed FROM tickets) AS t
ASOF LEFT JOIN ${contacts} AS next ON t.customer_id = next.customer_id AND t.issue = next.issue AND next.created_at > t.closed
ASOF LEFT JOIN (SELECT customer_id, created_at, agent_id FROM tickets WHERE kind = 'complaint') AS previous
  ON t.customer_id = previous.customer_id AND previous.created_at < t.created_at
ASOF LEFT JOIN (SELECT customer_id, product, created_at FROM tickets WHERE kind = 'repair') AS repair
  ON t.customer_id = repair.customer_id AND t.product = repair.product AND repair.created_at > t.closed`;

const sessionOutcomes = `INSERT INTO session_outcomes
SELECT session_id, s.customer_id, shop, channel, queue, owner_agent_id, closed_at, replied, false, false,
  nullIf(next.created_at, toDateTime64(0, 3, 'UTC')), 1, 0
FROM session_facts AS s
ASOF LEFT JOIN ${contacts} AS next ON s.customer_id = next.customer_id AND s.issue = next.issue AND next.created_at > s.closed_at`;

/** In the order in which they must run; each an INSERT SELECT into the fact table. */
export const factsByHand: readonly string[] = [sessionFacts, ticketFacts, sessionOutcomes];
export const byHandSettings = {
  optimize_aggregation_in_order: 1,
  optimize_on_insert: 0,
  max_insert_threads: 2,
} as const;

/** Figures that are equal only when the rows are. */
export const factsFingerprint = `
SELECT (SELECT (count(), sum(first_reply_ms), sum(arraySum(turn_reply_ms)), sum(arraySum(turn_business_ms)), sum(length(slice_agent_id)), sum(length(load_day)),
    sum(cityHash64(session_id, owner_agent_id, first_agent_id, turn_agent_id)), countIf(outside_hours), sum(rating_score)) FROM session_facts FINAL) AS sessions,
  (SELECT (count(), sum(cityHash64(session_id, next_contact_at))) FROM session_outcomes FINAL) AS outcomes,
  (SELECT (count(), sum(cityHash64(ticket_id, next_contact_at, previous_complaint_at, previous_complaint_owner_id, next_repair_at))) FROM ticket_facts FINAL) AS tickets`;
