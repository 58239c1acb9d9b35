/**
 * The facts of the bench company as somebody would write them who knows the data: no events, no hand-offs, no transfers, default hours,
 * every agent present, every issue known, a bot in every session, no calls, no queue. None of that is looked at; columns and rows are the same as our derivation's.
 */
const day = (ms: string) => `toDate32(fromUnixTimestamp64Milli(${ms}), 'Asia/Shanghai')`;
const business = (ms: string) =>
  `toInt32(${day(ms)}) * 50400000 + least(50400000, greatest(0, (${ms} + 28800000) % 86400000 - 32400000))`;
const instants = (ms: string) => `arrayMap(t -> fromUnixTimestamp64Milli(t, 'UTC'), ${ms})`;

const parts = (until: string, whole: string) =>
  `arrayMap(g -> arraySum((w, u, s) -> if(w = g, u - s, 0), sharers, ${until}, arrayPopBack(arrayPushFront(${until}, 0)))
    + if(g = handler, ${whole} - if(empty(sharers), 0, ${until}[-1]), 0), slices)`;

// People as numbers, and names only in what is written: what our derivation does too.
const number = (name: string) => `CAST(bitShiftRight(cityHash64(${name}), 12), 'UInt64')`;
const names = `CREATE OR REPLACE TABLE names_by_hand ENGINE = Join(ANY, LEFT, number) AS
  SELECT ${number('agent_id')} AS number, CAST(agent_id, 'String') AS name FROM agents`;
const nameOf = (by: string) => `joinGet('names_by_hand', 'name', ${by})`;
const namesOf = (by: string) => `arrayMap(g -> ${nameOf('g')}, ${by})`;

const sessionFacts = `INSERT INTO session_facts
WITH said AS (
  SELECT session_id,
    arraySort(groupArrayIf(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(at)), 53) + bitShiftLeft(toUInt64(sender = 'agent'), 52) + ${number('sender_id')},
      sender IN ('customer', 'agent'))) AS talk,
    max(at) AS last_at, toUInt32(count()) AS messages_count
  FROM messages GROUP BY session_id
),
turned AS (
  SELECT session_id, customer_id, shop, channel, queue, issue, started_at, ${number('assigned_agent_id')} AS assigned, assigned_at, last_at, messages_count,
    arrayMap(t -> toInt64(bitShiftRight(t, 53)), talk) AS spoken,
    arrayMap(t -> bitAnd(toUInt64(t), 4503599627370495), talk) AS speaker,
    arrayMap(t -> NOT bitTest(toUInt64(t), 52), talk) AS from_customer,
    arrayPushFront(arrayPopBack(from_customer), 0) AS after_customer,
    arrayMap((n, w) -> NOT n AND w, from_customer, after_customer) AS closes,
    arrayFilter((t, n, w) -> n AND NOT w, spoken, from_customer, after_customer) AS opened,
    arrayFilter((t, c) -> c, spoken, closes) AS answered,
    arrayFilter((t, c) -> c, speaker, closes) AS answerer,
    arraySlice(opened, 1, length(answered)) AS turned_ms,
    arrayFilter((t, n) -> NOT n, speaker, from_customer) AS repliers,
    arrayFilter((t, n) -> NOT n, spoken, from_customer) AS replied_ms,
    length(opened) > length(answered) AS has_open,
    arrayMap((s, g) -> if(g = assigned, greatest(s, toUnixTimestamp64Milli(assumeNotNull(assigned_at))), s), turned_ms, answerer) AS clock,
    arrayMap((a, c) -> greatest(0, a - c), answered, clock) AS reply_ms,
    arrayMap((a, c) -> if(a > c, (${business('a')}) - (${business('c')}), 0), answered, clock) AS business_ms,
    if(empty(repliers), assigned, repliers[-1]) AS owner,
    arrayDistinct(arrayConcat(repliers, if(has_open, [owner], []))) AS slices,
    arrayDistinct(arrayMap((g, t) -> (g, ${day('t')}), repliers, replied_ms)) AS loads,
    if(empty(repliers), 0, repliers[-1]) AS handler,
    arrayMap(gap -> least(gap, 60000), arrayDifference(spoken)) AS gaps,
    arraySum(gaps) AS active_ms,
    toUnixTimestamp64Milli(last_at) - toUnixTimestamp64Milli(started_at) AS span_ms,
    if(length(slices) > 1, repliers, []) AS sharers,
    if(length(slices) > 1, arrayFilter((ms, c) -> NOT c, arrayCumSum(gaps), from_customer), []) AS active_until,
    if(length(slices) > 1, arrayMap(ms -> ms - toUnixTimestamp64Milli(started_at), replied_ms), []) AS span_until
  FROM said INNER JOIN sessions USING (session_id)
)
SELECT session_id, customer_id, shop, channel, queue, issue, started_at, last_at,
  ${nameOf('if(empty(answered), assigned, answerer[1])')}, ${nameOf('owner')}, false, false, false, false, false,
  (toUnixTimestamp64Milli(started_at) + 28800000) % 86400000 NOT BETWEEN 32400000 AND 82799999, false, notEmpty(answered), false, false, messages_count, false,
  if(empty(answered), 0, reply_ms[1]), if(empty(answered), 0, answered[1] - turned_ms[1]), if(empty(answered), 0, business_ms[1]),
  ${instants('turned_ms')}, ${instants('clock')}, ${instants('answered')}, ${namesOf('answerer')}, reply_ms, business_ms,
  if(has_open, fromUnixTimestamp64Milli(opened[-1], 'UTC'), NULL), ${namesOf('slices')},
  arrayMap(g -> toUInt32(countEqual(repliers, g)), slices), arrayMap(g -> toUInt32(countEqual(answerer, g)), slices),
  arrayMap(g -> toUInt8(has_open AND g = owner), slices), arrayMap(g -> arraySum((w, r) -> if(w = g, r, 0), answerer, reply_ms), slices),
  arrayMap(g -> toUInt32(arrayCount((w, r) -> w = g AND r <= 180000, answerer, reply_ms)), slices), arrayMap(g -> toUInt8(0), slices),
  ${namesOf('loads.1')}, loads.2, rated.score, rated.nps, rated.at, 1, 0,
  ${parts('active_until', 'active_ms')} AS active, active, ${parts('span_until', 'span_ms')}, arrayMap(g -> 0, slices), '', 0, NULL, true, NULL
FROM turned LEFT JOIN (SELECT session_id, toNullable(score) AS score, nps, toNullable(at) AS at FROM ratings) AS rated USING (session_id)`;

const pair = (customer: string, other: string) => `sipHash64(${customer}, toString(${other}))`;
const contacts = `(SELECT ${pair('customer_id', 'issue')} AS pair, started_at AS created_at FROM sessions
  UNION ALL SELECT ${pair('customer_id', 'issue')} AS pair, created_at FROM tickets)`;

const complaints = `(SELECT sipHash64(customer_id) AS customer, created_at, agent_id FROM tickets WHERE kind = 'complaint')`;

const ticketFacts = `INSERT INTO ticket_facts
SELECT ticket_id, t.customer_id, '', '', '', t.kind, priority, t.issue, t.product, '', t.agent_id, t.agent_id, t.created_at, closed, closed, NULL, NULL, 1, false, false, false, false,
  nullIf(next.created_at, toDateTime64(0, 3, 'UTC')), if(t.kind = 'complaint', nullIf(previous.created_at, toDateTime64(0, 3, 'UTC')), NULL),
  if(t.kind = 'complaint', previous.agent_id, ''), if(t.kind = 'repair', nullIf(repair.created_at, toDateTime64(0, 3, 'UTC')), NULL), NULL, NULL, NULL, 1, 0,
  '', [], [], if(t.kind = 'complaint', nullIf(repeated.created_at, toDateTime64(0, 3, 'UTC')), NULL), NULL,
  if(t.closed <= t.created_at, 0, (${business('toUnixTimestamp64Milli(t.closed)')}) - (${business('toUnixTimestamp64Milli(t.created_at)')}))
FROM (SELECT *, assumeNotNull(closed_at) AS closed, ${pair('customer_id', 'issue')} AS pair, sipHash64(customer_id) AS customer, ${pair('customer_id', 'product')} AS unit FROM tickets) AS t
ASOF LEFT JOIN ${contacts} AS next ON t.pair = next.pair AND next.created_at > t.closed
ASOF LEFT JOIN ${complaints} AS previous ON t.customer = previous.customer AND previous.created_at < t.created_at
ASOF LEFT JOIN ${complaints} AS repeated ON t.customer = repeated.customer AND repeated.created_at > t.closed
ASOF LEFT JOIN (SELECT ${pair('customer_id', 'product')} AS unit, created_at FROM tickets WHERE kind = 'repair') AS repair
  ON t.unit = repair.unit AND repair.created_at > t.closed`;

const sessionOutcomes = `INSERT INTO session_outcomes
SELECT session_id, s.customer_id, shop, channel, queue, owner_agent_id, closed_at, replied, false, false,
  nullIf(next.created_at, toDateTime64(0, 3, 'UTC')), 1, 0, true, false, issue
FROM (SELECT *, ${pair('customer_id', 'issue')} AS pair FROM session_facts) AS s
ASOF LEFT JOIN ${contacts} AS next ON s.pair = next.pair AND next.created_at > s.closed_at`;

/** In the order in which they must run; all but the first an INSERT SELECT into a fact table. */
export const factsByHand: readonly string[] = [names, sessionFacts, ticketFacts, sessionOutcomes];
export const byHandSettings = {
  optimize_aggregation_in_order: 1,
  optimize_on_insert: 0,
  max_insert_threads: 2,
} as const;

/** Figures that are equal only when the rows are. */
export const factsFingerprint = `
SELECT (SELECT (count(), sum(first_reply_ms), sum(arraySum(turn_reply_ms)), sum(arraySum(turn_business_ms)), sum(length(slice_agent_id)), sum(length(load_day)),
    sum(cityHash64(session_id, owner_agent_id, first_agent_id, turn_agent_id)), countIf(outside_hours), sum(rating_score),
    sum(cityHash64(session_id, slice_active_ms, slice_handle_ms, slice_span_ms)), countIf(bot_session)) FROM session_facts FINAL) AS sessions,
  (SELECT (count(), sum(cityHash64(session_id, next_contact_at))) FROM session_outcomes FINAL) AS outcomes,
  (SELECT (count(), sum(cityHash64(ticket_id, next_contact_at, previous_complaint_at, previous_complaint_owner_id, next_repair_at, next_complaint_at, cycle_business_ms))) FROM ticket_facts FINAL) AS tickets`;
