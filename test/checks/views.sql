-- Plain views over the raw tables, shared by the checks of this folder. Written from the definitions alone and for
-- clarity, not speed; nothing here knows how the product derives its facts. All instants become UTC milliseconds.
-- Some are tables in memory, because the engine cannot join a deep view with itself: build them when the rows are in.
-- Time zone: Asia/Shanghai. Statements end with a semicolon at the end of a line.
--
--  X is excluded from every metric, also where the catalogue's column does not repeat the letter: no ticket or rating metric
--  carries it, and "tickets: also cancelled; ratings: also internal" in G6 would otherwise never apply.
--
-- Readings chosen where the definitions leave room:
--  r1  A version with updated_at beats one without; among those with it (updated_at, content_hash), else the
--      later: (import_id, line).
--  r2  A greeting before any question is a human reply (visible, an agent's, no template), so it is "handled"; it is only never
--      the first human reply, and a session with nothing else is unreplied.
--  r3  An invitation sent by the agent by hand (kind invitation, not auto) is visible, hence a human reply.
--  r4  The hand-off and the assignment that start the agent's clock are the latest at or before the reply; where all of them
--      are later than the reply the earliest counts and the reply time is 0.
--  r5  An assignee comes from an event `assigned` (to_agent_id, else agent_id), `transferred` or `escalated` (to_agent_id, if any:
--      who escalates without naming anyone keeps it). An assignment at the very instant of the close has taken effect.
--  r6  Bot-only: a bot message and neither human reply nor any sign of routing to a person (hand-off, queue, assignment, an
--      agent's message). A session without an end ends with its last message of whatever kind.
--  r7  A calendar row without shop is for all shops; rows of `hours` for the session's shop replace the general ones of that
--      day, and those the default 09:00–23:00; several rows of a day are several spans. An absent `from` is 00:00, `to` 24:00.
--  r8  A shop has attendance on a day when an attendance row of one of its agents has scheduled_start on that local day; the
--      agent's shop is the one on that day. A session without shop is not held against any attendance.
--  r10 A call (talk_seconds above 0) may have no message; its customer spoke, so it is not in X. Nothing is known of its turns.
--  r9  Of a ticket only `cancelled` is excluded (tickets have neither shop nor test flag).

CREATE VIEW check_sessions AS
SELECT * FROM sessions
ORDER BY ifNull(updated_at, toDateTime64(0, 3, 'UTC')) DESC, if(updated_at IS NULL, tuple(import_id, line), tuple(0, 0)) DESC, content_hash DESC
LIMIT 1 BY session_id;

CREATE VIEW check_messages AS
SELECT * FROM messages ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY session_id, key;

CREATE VIEW check_events AS
SELECT * FROM events
ORDER BY import_id DESC, line DESC, content_hash DESC
LIMIT 1 BY if(event_id != '', toString(tuple('id', event_id)), toString(tuple(subject_kind, subject_id, at, type, agent_id, to_agent_id)));

CREATE VIEW check_tickets_all AS
SELECT * FROM tickets
ORDER BY ifNull(updated_at, toDateTime64(0, 3, 'UTC')) DESC, if(updated_at IS NULL, tuple(import_id, line), tuple(0, 0)) DESC, content_hash DESC
LIMIT 1 BY ticket_id;

CREATE VIEW check_ratings_all AS
SELECT * FROM ratings
ORDER BY import_id DESC, line DESC, content_hash DESC
LIMIT 1 BY if(rating_id != '', toString(tuple('id', rating_id)), toString(tuple(session_id, ticket_id, at)));

CREATE VIEW check_attendance_rows AS
SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start;

CREATE VIEW check_assessments AS
SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by;

CREATE VIEW check_incidents AS
SELECT * FROM incidents
ORDER BY import_id DESC, line DESC, content_hash DESC
LIMIT 1 BY if(incident_id != '', toString(tuple('id', incident_id)), toString(tuple(agent_id, at, item, session_id)));

CREATE VIEW check_incidents_once AS
SELECT * FROM check_incidents WHERE status = 'confirmed'
ORDER BY if(severity = 'major', 0, 1), at, incident_id
LIMIT 1 BY if(session_id = '', toString(tuple('alone', agent_id, at, item, incident_id)), toString(tuple('about', agent_id, session_id, item)));

CREATE VIEW check_agents AS
SELECT * FROM agents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, valid_from;

-- Spans of the calendar in milliseconds of the local day.
CREATE VIEW check_calendar AS
SELECT
  date, type, shop,
  if(`from` = '', 0, (toUInt32(splitByChar(':', `from`)[1]) * 60 + toUInt32(splitByChar(':', `from`)[2])) * 60000) AS from_ms,
  if(`to` = '', 86400000, (toUInt32(splitByChar(':', `to`)[1]) * 60 + toUInt32(splitByChar(':', `to`)[2])) * 60000) AS to_ms
FROM (SELECT * FROM calendar ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY date, type, shop, metric, `from`)
-- A version that says so takes the row back, and with it the versions before.
WHERE attributes['cancelled'] != 'true';

-- What is visible, in the order of the conversation.
CREATE VIEW check_lines AS
SELECT
  session_id, sender, sender_id, auto, kind,
  toUnixTimestamp64Milli(at) AS at_ms,
  row_number() OVER (PARTITION BY session_id ORDER BY at, seq, sender, message_id, content_hash) AS position
FROM check_messages
WHERE kind NOT IN ('note', 'withdrawn');

-- The customer's messages and the human replies.
CREATE TABLE check_talk ENGINE = Memory AS
SELECT
  session_id, sender, sender_id, at_ms, position,
  sender = 'customer' AS asks,
  sender = 'agent' AS replies,
  countIf(sender = 'agent') OVER before AS agent_lines_before
FROM check_lines
WHERE sender = 'customer' OR (sender = 'agent' AND NOT auto)
WINDOW before AS (PARTITION BY session_id ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- A turn: the customer's messages between two agent messages, and the human reply that ends them.
CREATE VIEW check_bare_turns AS
SELECT
  session_id,
  agent_lines_before AS turn,
  minIf(at_ms, asks) AS turn_ms,
  countIf(replies) > 0 AS answered,
  anyIf(at_ms, replies) AS reply_ms,
  anyIf(sender_id, replies) AS replier
FROM check_talk
GROUP BY session_id, agent_lines_before
HAVING countIf(asks) > 0;

-- Everything known about a session except exclusions, as arrays where there may be several.
CREATE TABLE check_session_parts ENGINE = Memory AS
SELECT
  s.session_id AS session_id,
  s.customer_id AS customer_id,
  s.shop AS shop,
  s.issue AS issue,
  s.assigned_agent_id AS assigned_agent_id,
  s.transferred_from AS transferred_from,
  ifNull(s.test, false) AS test,
  s.invited_at IS NOT NULL AS invited_by_column,
  toUnixTimestamp64Milli(s.started_at) AS start_ms,
  multiIf(s.ended_at IS NOT NULL, toUnixTimestamp64Milli(assumeNotNull(s.ended_at)), a.last_ms > 0, a.last_ms, start_ms) AS close_ms,
  l.customer_lines AS customer_lines,
  ifNull(s.talk_ms, 0) AS talk_ms,
  l.bot_lines AS bot_lines,
  l.agent_lines AS agent_lines,
  l.invitation_lines AS invitation_lines,
  r.repliers AS repliers,
  r.last_replier AS last_replier,
  r.answered AS answered,
  arrayConcat(if(s.handoff_at IS NULL, [], [toUnixTimestamp64Milli(assumeNotNull(s.handoff_at))]), e.handoffs) AS handoffs,
  arrayConcat(
    if(s.assigned_at IS NULL OR s.assigned_agent_id = '', [],
       [tuple(toUnixTimestamp64Milli(assumeNotNull(s.assigned_at)), toString(s.assigned_agent_id))]),
    arrayMap(a -> tuple(a.1, a.4), e.assignments)) AS all_assignments,
  e.assignments AS event_assignments,
  e.outs AS outs,
  e.invited_events AS invited_events,
  e.routing_events > 0 OR s.assigned_agent_id != '' OR s.assigned_at IS NOT NULL OR s.handoff_at IS NOT NULL
    OR s.queued_at IS NOT NULL AS routed
FROM check_sessions AS s
LEFT JOIN (
  SELECT
    session_id,
    countIf(sender = 'customer') AS customer_lines,
    countIf(sender = 'bot') AS bot_lines,
    countIf(sender = 'agent') AS agent_lines,
    countIf(kind = 'invitation') AS invitation_lines
  FROM check_lines GROUP BY session_id
) AS l ON l.session_id = s.session_id
LEFT JOIN (
  SELECT session_id, max(toUnixTimestamp64Milli(at)) AS last_ms FROM check_messages GROUP BY session_id
) AS a ON a.session_id = s.session_id
LEFT JOIN (
  SELECT session_id, groupUniqArrayIf(toString(sender_id), replies) AS repliers,
    argMaxIf(toString(sender_id), position, replies) AS last_replier,
    maxIf(position, replies) > minIf(position, asks) AND countIf(asks) > 0 AS answered
  FROM check_talk GROUP BY session_id
) AS r ON r.session_id = s.session_id
LEFT JOIN (
  SELECT
    subject_id AS session_id,
    groupArrayIf(toUnixTimestamp64Milli(at), type = 'handoff') AS handoffs,
    arraySort(groupArrayIf(
      tuple(toUnixTimestamp64Milli(at), event_id, content_hash, toString(if(to_agent_id != '', to_agent_id, if(type = 'assigned', agent_id, '')))),
      type IN ('assigned', 'transferred', 'escalated') AND (to_agent_id != '' OR (type = 'assigned' AND agent_id != '')))) AS assignments,
    groupUniqArrayIf(toString(agent_id), type IN ('transferred', 'escalated')) AS outs,
    countIf(type = 'invited') AS invited_events,
    countIf(type IN ('assigned', 'transferred', 'handoff', 'queued', 'escalated')) AS routing_events
  FROM check_events WHERE subject_kind = 'session' GROUP BY subject_id
) AS e ON e.session_id = s.session_id;

-- Shifts by the shop their agent belonged to on the day.
CREATE TABLE check_attendance ENGINE = Memory AS
SELECT
  a.agent_id AS agent_id,
  a.scheduled_start AS scheduled_start,
  any(a.day) AS day,
  argMax(g.shop, g.valid) AS shop,
  any(a.start_ms) AS start_ms,
  any(a.end_ms) AS end_ms
FROM (
  SELECT
    toString(agent_id) AS agent_id, scheduled_start,
    toDate32(scheduled_start, 'Asia/Shanghai') AS day,
    if(actual_start IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(actual_start))) AS start_ms,
    if(actual_end IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(actual_end))) AS end_ms
  FROM check_attendance_rows
) AS a
INNER JOIN (
  SELECT agent_id, toString(shop) AS shop, ifNull(valid_from, toDate32('1900-01-01')) AS valid FROM check_agents
) AS g ON g.agent_id = a.agent_id
WHERE g.valid <= a.day
GROUP BY a.agent_id, a.scheduled_start;

-- G6: x = excluded always, h = excluded where service hours matter. G8: first is F, owner is O.
CREATE TABLE check_conversations ENGINE = Memory AS
WITH
  toDate32(toDateTime64(start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS local_day,
  modulo(start_ms + 28800000, 86400000) AS local_ms
SELECT
  session_id, customer_id, issue, start_ms, close_ms, repliers, outs, transferred_from, all_assignments, handoffs,
  answered AS replied,
  invited_by_column OR invited_events > 0 OR invitation_lines > 0 AS invited,
  transferred_from != '' OR length(outs) > 0 AS passed_on,
  (customer_lines = 0 AND talk_ms = 0)
    OR test
    OR (bot_lines > 0 AND agent_lines = 0 AND NOT routed)
    OR arrayExists(o -> (o.1 = '' OR o.1 = shop) AND o.2 <= local_ms AND local_ms < o.3, outages) AS x,
  x OR NOT open OR (has_attendance AND NOT staffed) AS h,
  if(length(arrayFilter(a -> a.1 <= close_ms, event_assignments)) > 0,
     arrayLast(a -> a.1 <= close_ms, event_assignments).4,
     if(length(repliers) > 0, last_replier, toString(assigned_agent_id))) AS owner,
  if(assigned_agent_id != '', toString(assigned_agent_id), if(length(event_assignments) > 0, event_assignments[1].4, '')) AS first_assignee
FROM (
  SELECT
    p.session_id AS session_id, p.customer_id AS customer_id, p.issue AS issue, p.shop AS shop, p.start_ms AS start_ms, p.close_ms AS close_ms, p.repliers AS repliers, p.last_replier AS last_replier, p.answered AS answered,
    p.outs AS outs, p.transferred_from AS transferred_from, p.all_assignments AS all_assignments, p.event_assignments AS event_assignments, p.handoffs AS handoffs, p.customer_lines AS customer_lines, p.talk_ms AS talk_ms, p.bot_lines AS bot_lines,
    p.agent_lines AS agent_lines, p.invitation_lines AS invitation_lines, p.invited_by_column AS invited_by_column, p.invited_events AS invited_events, p.routed AS routed, p.test AS test, p.assigned_agent_id AS assigned_agent_id,
    ho.outages AS outages,
    length(arrayFilter(i -> i.1 = p.shop AND p.shop != '', ho.hours)) > 0 AS own_hours,
    length(arrayFilter(i -> i.1 = '', ho.hours)) > 0 AS general_hours,
    modulo(p.start_ms + 28800000, 86400000) AS ms_of_day,
    multiIf(
      own_hours, arrayExists(i -> i.1 = p.shop AND i.2 <= ms_of_day AND ms_of_day < i.3, ho.hours),
      general_hours, arrayExists(i -> i.1 = '' AND i.2 <= ms_of_day AND ms_of_day < i.3, ho.hours),
      32400000 <= ms_of_day AND ms_of_day < 82800000) AS open,
    t.shifts > 0 AND p.shop != '' AS has_attendance,
    arrayExists(i -> i.1 <= p.start_ms AND p.start_ms < i.2, arrayConcat(t.spans, y.spans)) AS staffed
  FROM (SELECT *, toDate32(toDateTime64(start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day FROM check_session_parts) AS p
  LEFT JOIN (
    SELECT date,
      groupArrayIf(tuple(toString(shop), from_ms, to_ms), type = 'outage') AS outages,
      groupArrayIf(tuple(toString(shop), from_ms, to_ms), type = 'hours') AS hours
    FROM check_calendar GROUP BY date
  ) AS ho ON ho.date = p.day
  LEFT JOIN (
    SELECT shop, day, count() AS shifts,
      groupArrayIf(tuple(assumeNotNull(start_ms), assumeNotNull(end_ms)), start_ms IS NOT NULL AND end_ms IS NOT NULL) AS spans
    FROM check_attendance GROUP BY shop, day
  ) AS t ON t.shop = p.shop AND t.day = p.day
  LEFT JOIN (
    SELECT shop, addDays(day, 1) AS next_day,
      groupArrayIf(tuple(assumeNotNull(start_ms), assumeNotNull(end_ms)), start_ms IS NOT NULL AND end_ms IS NOT NULL) AS spans
    FROM check_attendance GROUP BY shop, day
  ) AS y ON y.shop = p.shop AND y.next_day = p.day
);

-- G5: the agent's clock; reply time is never negative.
CREATE TABLE check_turns ENGINE = Memory AS
WITH
  arrayMap(a -> a.1, arrayFilter(a -> a.2 = replier, all_assignments)) AS mine,
  arrayFilter(at -> at <= reply_ms, mine) AS mine_before,
  arrayFilter(at -> at <= reply_ms, handoffs) AS handoffs_before,
  multiIf(length(mine_before) > 0, arrayMax(mine_before), length(mine) > 0, arrayMin(mine), 0) AS assigned_ms,
  multiIf(length(handoffs_before) > 0, arrayMax(handoffs_before), length(handoffs) > 0, arrayMin(handoffs), 0) AS handoff_ms
SELECT
  t.session_id AS session_id, turn, turn_ms, answered, reply_ms,
  toString(t.replier) AS replier,
  greatest(toInt64(0), reply_ms - greatest(turn_ms, assigned_ms, handoff_ms)) AS reply_time_ms,
  row_number() OVER (PARTITION BY t.session_id ORDER BY turn) AS number,
  c.start_ms AS start_ms, c.x AS x, c.h AS h, c.owner AS owner
FROM check_bare_turns AS t
INNER JOIN check_conversations AS c ON c.session_id = t.session_id;

-- G8 F: the agent who closed the first turn, else the first assignee.
CREATE VIEW check_first_replies AS
SELECT
  c.session_id AS session_id, c.start_ms AS start_ms, c.h AS h, c.x AS x,
  t.answered AS replied,
  if(t.answered, t.replier, c.first_assignee) AS agent_id,
  t.reply_time_ms AS first_reply_ms
FROM check_conversations AS c
INNER JOIN (SELECT * FROM check_turns WHERE number = 1) AS t ON t.session_id = c.session_id;

-- Sessions outside X of one customer, shop and channel. Reading of G3: one that begins before the close of any that began before it, or less
-- than 600,000 ms after, is one with it; a session of an unknown customer is alone.
CREATE TABLE check_joinable ENGINE = Memory AS
SELECT c.session_id AS session_id, if(c.customer_id = '', concat('session ', c.session_id), concat('customer ', c.customer_id)) AS who,
  toString(p.shop) AS shop, toString(s.channel) AS channel, c.start_ms AS start_ms, greatest(c.start_ms, c.close_ms) AS close_ms,
  c.h AS h, c.owner AS owner, c.first_assignee AS first_assignee,
  t.session_id != '' AS has_turn, t.answered AS answered, t.replier AS replier, t.turn_ms AS turn_ms, t.reply_ms AS reply_ms, t.reply_time_ms AS reply_time_ms
FROM check_conversations AS c
INNER JOIN check_session_parts AS p ON p.session_id = c.session_id
INNER JOIN check_sessions AS s ON s.session_id = c.session_id
LEFT JOIN (SELECT * FROM check_turns WHERE number = 1) AS t ON t.session_id = c.session_id
WHERE NOT c.x;

-- Those that no earlier one holds begin a visit.
CREATE TABLE check_visit_begins ENGINE = Memory AS
SELECT b.session_id AS session_id, b.who AS who, b.shop AS shop, b.channel AS channel, b.start_ms AS start_ms, b.h AS h
FROM check_joinable AS b
WHERE b.session_id NOT IN (
  SELECT later.session_id FROM check_joinable AS later
  INNER JOIN check_joinable AS earlier ON earlier.who = later.who AND earlier.shop = later.shop AND earlier.channel = later.channel
  WHERE (earlier.start_ms, earlier.session_id) < (later.start_ms, later.session_id) AND later.start_ms < earlier.close_ms + 600000
);

-- Each session with the visit that it belongs to: the last that begins not after it.
CREATE TABLE check_visit_parts ENGINE = Memory AS
SELECT j.*, v.session_id AS visit, v.start_ms AS visit_start_ms, v.h AS visit_h
FROM check_joinable AS j
INNER JOIN check_visit_begins AS v ON v.who = j.who AND v.shop = j.shop AND v.channel = j.channel
WHERE (v.start_ms, v.session_id) <= (j.start_ms, j.session_id)
ORDER BY v.start_ms DESC, v.session_id DESC
LIMIT 1 BY j.session_id;

-- Its first reply is that of the first session in which somebody replied, else it is whose it was first. A question that nobody answered in its own
-- session waits on until then: for the customer, and for who replies where it was theirs from its first assignment to its close.
CREATE TABLE check_visits ENGINE = Memory AS
SELECT w.visit AS visit, w.begins_ms AS start_ms, w.h AS h, w.asked AS asked, w.replied AS replied,
  if(w.replied, r.replier, w.had_first) AS agent_id,
  greatest(r.reply_time_ms, arrayMax(arrayMap(q -> r.reply_ms - q.1, arrayFilter(q -> q.2 = r.replier AND q.3 = r.replier, w.waiting)))) AS reply_time_ms,
  greatest(r.reply_ms - r.turn_ms, arrayMax(arrayMap(q -> r.reply_ms - q.1, w.waiting))) AS customer_time_ms
FROM (
  SELECT visit, any(visit_start_ms) AS begins_ms, any(visit_h) AS h, max(has_turn) AS asked, max(has_turn AND answered) AS replied,
    arraySort(groupArrayIf(tuple(start_ms, session_id, first_assignee), first_assignee != ''))[1].3 AS had_first,
    groupArrayIf(tuple(turn_ms, first_assignee, owner), has_turn AND NOT answered) AS waiting
  FROM check_visit_parts
  GROUP BY visit
) AS w
LEFT JOIN (
  SELECT visit, replier, reply_time_ms, reply_ms, turn_ms FROM check_visit_parts WHERE has_turn AND answered
  ORDER BY start_ms, session_id LIMIT 1 BY visit
) AS r ON r.visit = w.visit;

-- Tickets outside X with their owner O and the instants that matter.
CREATE TABLE check_tickets ENGINE = Memory AS
SELECT
  t.ticket_id AS ticket_id, t.session_id AS session_id, t.customer_id AS customer_id, toString(t.kind) AS kind, toString(t.priority) AS priority,
  toString(t.issue) AS issue, toString(t.product) AS product, t.serial AS serial, toString(t.technician_id) AS technician_id,
  ifNull(t.contacts, 1) AS contacts, toString(t.requesting_team) AS requesting_team,
  if(t.sla_due_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(t.sla_due_at))) AS sla_due_ms,
  toUnixTimestamp64Milli(t.created_at) AS created_ms,
  if(t.closed_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(t.closed_at))) AS closed_ms,
  if(t.first_closed_at IS NULL, closed_ms, toUnixTimestamp64Milli(assumeNotNull(t.first_closed_at))) AS first_closed_ms,
  arraySort(arrayDistinct(arrayConcat(
    if(t.reopened_at IS NULL, [], [toUnixTimestamp64Milli(assumeNotNull(t.reopened_at))]), e.reopenings))) AS reopenings,
  -- Of a closing and a reopening at one instant the closing is the later: only who is open can be closed.
  arrayDistinct(arrayConcat(e.closings, arrayMap(ms -> assumeNotNull(ms), arrayFilter(ms -> ms IS NOT NULL, [first_closed_ms, closed_ms])))) AS closings,
  ifNull(t.reopened, false) OR length(reopenings) > 0 AS reopened,
  ifNull(t.escalated, false) OR e.escalations > 0 AS escalated,
  arrayFilter(a -> closed_ms IS NULL OR a.1 <= closed_ms, e.assignments) AS assignments,
  if(length(assignments) > 0, assignments[-1].4, toString(t.agent_id)) AS owner
FROM check_tickets_all AS t
LEFT JOIN (
  SELECT
    subject_id AS ticket_id,
    groupArrayIf(toUnixTimestamp64Milli(at), type = 'reopened') AS reopenings,
    groupArrayIf(toUnixTimestamp64Milli(at), type = 'closed') AS closings,
    countIf(type = 'escalated') AS escalations,
    arraySort(groupArrayIf(
      tuple(toUnixTimestamp64Milli(at), event_id, content_hash, toString(if(to_agent_id != '', to_agent_id, if(type = 'assigned', agent_id, '')))),
      type IN ('assigned', 'transferred', 'escalated') AND (to_agent_id != '' OR (type = 'assigned' AND agent_id != '')))) AS assignments
  FROM check_events WHERE subject_kind = 'ticket' GROUP BY subject_id
) AS e ON e.ticket_id = t.ticket_id
WHERE lower(t.status) NOT IN ('cancelled', 'canceled');

-- A contact: a session or ticket outside X, at its start or creation.
CREATE VIEW check_contacts AS
SELECT customer_id, toString(issue) AS issue, start_ms AS at_ms, concat('session/', session_id) AS id FROM check_conversations WHERE NOT x
UNION ALL
SELECT customer_id, issue, created_ms AS at_ms, concat('ticket/', ticket_id) AS id FROM check_tickets;

-- One verdict per session or ticket: the latest valid rating, dated by the first (G10); none of sessions in X.
CREATE VIEW check_verdicts AS
SELECT subject, any(owner) AS agent_id, min(at_ms) AS first_ms,
  argMax(score, tuple(at_ms, rating_id, content_hash)) AS stars,
  argMax(tuple(nps), tuple(at_ms, rating_id, content_hash)).1 AS nps
FROM (
  SELECT concat('session/', r.session_id) AS subject, c.owner AS owner, toUnixTimestamp64Milli(r.at) AS at_ms, r.score AS score, r.nps AS nps, r.rating_id AS rating_id, r.content_hash AS content_hash
  FROM check_ratings_all AS r INNER JOIN check_conversations AS c ON c.session_id = r.session_id
  WHERE r.session_id != '' AND r.valid AND NOT c.x
  UNION ALL
  SELECT concat('ticket/', r.ticket_id) AS subject, t.owner AS owner, toUnixTimestamp64Milli(r.at) AS at_ms, r.score AS score, r.nps AS nps, r.rating_id AS rating_id, r.content_hash AS content_hash
  FROM check_ratings_all AS r INNER JOIN check_tickets AS t ON t.ticket_id = r.ticket_id
  WHERE r.session_id = '' AND r.ticket_id != '' AND r.valid
)
GROUP BY subject;

-- G4: handled = at least one human reply by that agent.
CREATE VIEW check_handled AS
SELECT session_id, arrayJoin(repliers) AS agent_id, start_ms FROM check_conversations WHERE NOT x;

-- An assessment belongs to a period that contains the whole of the assessment's own.
CREATE VIEW check_assessed AS
SELECT
  toString(agent_id) AS agent_id, toString(item) AS item, value, toString(by) AS by, toString(period) AS period, attributes,
  multiIf(
    match(period, '^\\d{4}-\\d{2}$'), toDate32(concat(period, '-01')),
    match(period, '^\\d{4}-Q[1-4]$'), makeDate32(toUInt16(substring(period, 1, 4)), toUInt8(substring(period, 7, 1)) * 3 - 2, 1),
    match(period, '^\\d{4}$'), makeDate32(toUInt16(period), 1, 1),
    toDate32(substring(period, 1, 10))) AS first_day,
  multiIf(
    match(period, '^\\d{4}-\\d{2}$'), addMonths(first_day, 1),
    match(period, '^\\d{4}-Q[1-4]$'), addMonths(first_day, 3),
    match(period, '^\\d{4}$'), addMonths(first_day, 12),
    addDays(toDate32(substring(period, 13, 10)), 1)) AS end_day
FROM check_assessments;

-- Sales. Readings chosen where the definitions leave room:
--  s1  A round is an answered turn of an inquiry: a session that the customer began and that is no test. Who answered in it chatted.
--  s2  Windows are exact: W × 24 h before the order was placed or paid, both edges inside. Of rounds at one instant the greater session id is later.
--  s3  Without rounds the order is silent. An agent's message between five minutes after the order and its payment leaves it to nobody; else the first
--      contact begun by an agent 1–60 minutes after the payment is the follow-up.
--  s4  Claw-back runs from the payment. A buyer counts once per local day, with the first order that stands.
CREATE VIEW check_orders AS
SELECT
  order_id, customer_id, amount_fen - ifNull(refunded_fen, 0) AS net_fen, ifNull(refunded_fen, 0) > 0 AS refunded,
  toUnixTimestamp64Milli(created_at) AS created_ms,
  if(paid_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(paid_at))) AS paid_ms,
  if(cancelled_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(cancelled_at))) AS cancelled_ms
FROM (
  SELECT * FROM orders
  ORDER BY ifNull(updated_at, toDateTime64(0, 3, 'UTC')) DESC, if(updated_at IS NULL, tuple(import_id, line), tuple(0, 0)) DESC, content_hash DESC
  LIMIT 1 BY order_id
)
WHERE NOT ifNull(brushed, false);

-- Who began each session: as the row says, else who spoke first.
CREATE TABLE check_begun ENGINE = Memory AS
SELECT s.session_id AS session_id, s.customer_id AS customer_id, ifNull(s.test, false) AS test, toUnixTimestamp64Milli(s.started_at) AS start_ms,
  s.initiated_by = 'agent' OR (s.initiated_by = '' AND t.first_sender = 'agent') AS by_agent,
  t.first_replier AS first_replier, s.assigned_agent_id AS assigned
FROM check_sessions AS s
LEFT JOIN (
  SELECT session_id, argMin(toString(sender), position) AS first_sender, argMinIf(toString(sender_id), position, replies) AS first_replier
  FROM check_talk GROUP BY session_id
) AS t ON t.session_id = s.session_id;

CREATE TABLE check_rounds ENGINE = Memory AS
SELECT b.customer_id AS customer_id, b.session_id AS session_id, t.reply_ms AS at_ms, toString(t.replier) AS agent_id
FROM check_begun AS b INNER JOIN check_bare_turns AS t ON t.session_id = b.session_id
WHERE NOT b.by_agent AND NOT b.test AND t.answered;

CREATE TABLE check_approaches ENGINE = Memory AS
SELECT customer_id, session_id, start_ms AS at_ms, first_replier AS agent_id
FROM check_begun WHERE by_agent AND NOT test AND first_replier != '';

-- The agent whom the rounds before an instant speak for, by both ways of crediting; days 2, 7 and 15.
CREATE TABLE check_spoken_for ENGINE = Memory AS
SELECT order_id, basis, days,
  argMax(agent_id, tuple(last_at, last_session, agent_id)) AS lastChat, argMax(agent_id, tuple(rounds, last_at, agent_id)) AS rounds_most
FROM (
  SELECT o.order_id AS order_id, o.basis AS basis, o.days AS days, r.agent_id AS agent_id, count() AS rounds, max(r.at_ms) AS last_at,
    argMax(r.session_id, tuple(r.at_ms, r.session_id)) AS last_session
  FROM (
    SELECT order_id, customer_id, b.1 AS basis, b.2 AS until_ms, arrayJoin([2, 7, 15]) AS days
    FROM check_orders ARRAY JOIN [tuple('placed', created_ms), tuple('paid', assumeNotNull(paid_ms))] AS b
    WHERE paid_ms IS NOT NULL
  ) AS o
  INNER JOIN check_rounds AS r ON r.customer_id = o.customer_id
  WHERE r.at_ms <= o.until_ms AND r.at_ms >= o.until_ms - o.days * 86400000
  GROUP BY order_id, basis, days, agent_id
)
GROUP BY order_id, basis, days;

CREATE TABLE check_silence ENGINE = Memory AS
SELECT o.order_id AS order_id,
  countIf(a.at_ms > o.created_ms + 300000 AND a.at_ms < o.paid_ms) > 0 AS hijacked,
  argMinIf(a.agent_id, tuple(a.at_ms, a.session_id), a.at_ms >= o.paid_ms + 60000 AND a.at_ms <= o.paid_ms + 3600000) AS follower
FROM check_orders AS o INNER JOIN check_approaches AS a ON a.customer_id = o.customer_id
WHERE o.paid_ms IS NOT NULL
GROUP BY order_id;

-- Every paid order with its verdict by rule, credit and window; agent '' for nobody. `chatted`: credited for a chat.
CREATE TABLE check_credits ENGINE = Memory AS
SELECT o.order_id AS order_id, o.customer_id AS customer_id, o.net_fen AS net_fen, o.refunded AS refunded, o.created_ms AS created_ms, assumeNotNull(o.paid_ms) AS paid_ms,
  o.cancelled_ms IS NOT NULL AND o.cancelled_ms - o.paid_ms <= 1296000000 AS taken_back,
  o.rule AS rule, o.credit AS credit, o.days AS days,
  if(o.credit = 'rounds', p.rounds_most, p.lastChat) AS placed,
  if(o.credit = 'rounds', q.rounds_most, q.lastChat) AS paid,
  multiIf(o.rule = 'order', placed, o.rule = 'payment', paid, placed != '', placed, paid) AS by_chat,
  by_chat != '' AS chatted,
  multiIf(by_chat != '', by_chat, placed != '' OR paid != '', '', s.hijacked, '', s.follower) AS agent_id
FROM (
  SELECT *, arrayJoin(['order', 'payment', 'orderFirst']) AS rule, arrayJoin(['lastChat', 'rounds']) AS credit, arrayJoin([2, 7, 15]) AS days
  FROM check_orders WHERE paid_ms IS NOT NULL
) AS o
LEFT JOIN (SELECT * FROM check_spoken_for WHERE basis = 'placed') AS p ON p.order_id = o.order_id AND p.days = o.days
LEFT JOIN (SELECT * FROM check_spoken_for WHERE basis = 'paid') AS q ON q.order_id = o.order_id AND q.days = o.days
LEFT JOIN check_silence AS s ON s.order_id = o.order_id;

-- Customers' days with an answered inquiry outside X (guided = 0), and with an approach by an agent (guided = 1).
CREATE TABLE check_asked ENGINE = Memory AS
SELECT customer_id, 0 AS guided, day, min(start_ms) AS first_ms, argMax(agent_id, tuple(at_ms, session_id, agent_id)) AS agent_id
FROM (
  SELECT b.customer_id AS customer_id, toDate32(toDateTime64(b.start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, b.start_ms AS start_ms,
    r.agent_id AS agent_id, r.at_ms AS at_ms, r.session_id AS session_id
  FROM check_begun AS b
  INNER JOIN check_conversations AS c ON c.session_id = b.session_id
  INNER JOIN check_rounds AS r ON r.session_id = b.session_id
  WHERE NOT c.x AND b.customer_id != ''
)
GROUP BY customer_id, day
UNION ALL
SELECT customer_id, 1 AS guided, day, min(at_ms) AS first_ms, argMin(agent_id, tuple(at_ms, session_id)) AS agent_id
FROM (
  SELECT a.customer_id AS customer_id, toDate32(toDateTime64(a.at_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, a.at_ms AS at_ms, a.agent_id AS agent_id, a.session_id AS session_id
  FROM check_approaches AS a
  WHERE a.customer_id != '' AND a.session_id NOT IN (
    SELECT p.session_id FROM check_session_parts AS p
    INNER JOIN check_calendar AS k ON k.date = toDate32(toDateTime64(p.start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')
    WHERE k.type = 'outage' AND (k.shop = '' OR k.shop = p.shop)
      AND modulo(p.start_ms + 28800000, 86400000) >= k.from_ms AND modulo(p.start_ms + 28800000, 86400000) < k.to_ms)
)
GROUP BY customer_id, day;

-- With the orders that stood: the latest payment before, whether one was open or just paid, the first that followed.
CREATE TABLE check_asked_and_bought ENGINE = Memory AS
SELECT k.customer_id AS customer_id, k.guided AS guided, any(k.first_ms) AS first_ms, any(k.agent_id) AS asked_agent, k.day AS day,
  maxIf(o.paid_ms, o.order_id != '' AND o.paid_ms < k.first_ms) AS before_ms,
  countIf(o.order_id != '' AND o.created_ms <= k.first_ms AND k.first_ms <= o.paid_ms + 3600000) > 0 AS amid,
  argMinIf(o.order_id, tuple(o.paid_ms, o.order_id), o.order_id != '' AND o.paid_ms >= k.first_ms AND if(k.guided,
    o.paid_ms - k.first_ms <= 2592000000, toDate32(toDateTime64(o.paid_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') <= addDays(k.day, 1))) AS followed
FROM check_asked AS k
LEFT JOIN (
  SELECT DISTINCT order_id, customer_id, created_ms, paid_ms FROM check_credits WHERE NOT taken_back
) AS o ON o.customer_id = k.customer_id
GROUP BY customer_id, guided, day;

-- What one human reply ends: the lines since the reply before. The last lines, which no reply ends, are the last replier's.
-- Readings: consecutive messages are those of the customer and human replies (a bot's or the system's are nobody's interaction);
-- a session of several is shared by who replies next; hold and after-call time are the last replier's.
CREATE TABLE check_shares ENGINE = Memory AS
SELECT
  session_id,
  if(reply_ms > 0, replier, last_replier) AS agent_id,
  active_ms,
  greatest(start_ms, least(close_ms, if(reply_ms > 0, reply_ms, close_ms))) - greatest(start_ms, least(close_ms, if(before_ms > 0, before_ms, start_ms))) AS span_ms
FROM (
  SELECT g.session_id AS session_id, g.part AS part, g.active_ms AS active_ms, g.reply_ms AS reply_ms, toString(g.replier) AS replier,
    lagInFrame(g.reply_ms, 1, 0) OVER (PARTITION BY g.session_id ORDER BY g.part ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before_ms,
    toString(p.last_replier) AS last_replier, p.start_ms AS start_ms, greatest(p.start_ms, p.close_ms) AS close_ms
  FROM (
    SELECT session_id, part, sum(least(60000, gap)) AS active_ms, maxIf(at_ms, replies) AS reply_ms, anyIf(sender_id, replies) AS replier
    FROM (
      SELECT session_id, agent_lines_before AS part, at_ms, replies, sender_id,
        at_ms - lagInFrame(at_ms, 1, at_ms) OVER (PARTITION BY session_id ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS gap
      FROM check_talk
    )
    GROUP BY session_id, part
  ) AS g
  INNER JOIN check_session_parts AS p ON p.session_id = g.session_id
  WHERE p.talk_ms = 0
)
WHERE last_replier != '';

-- Time after the last reply up to the close, where the customer said nothing more.
CREATE VIEW check_tails AS
SELECT p.session_id AS session_id, toString(p.last_replier) AS agent_id, 0 AS active_ms,
  greatest(toInt64(0), greatest(p.start_ms, p.close_ms) - greatest(p.start_ms, least(greatest(p.start_ms, p.close_ms), l.reply_ms))) AS span_ms
FROM check_session_parts AS p
INNER JOIN (SELECT session_id, maxIf(at_ms, replies) AS reply_ms, argMax(replies, position) AS ends_with_reply FROM check_talk GROUP BY session_id) AS l ON l.session_id = p.session_id
WHERE p.talk_ms = 0 AND length(p.repliers) > 0 AND l.ends_with_reply;

-- Each handled session of each agent. A call is its last replier's, else its owner's: speech, hold and after-call time.
CREATE TABLE check_handling ENGINE = Memory AS
SELECT h.session_id AS session_id, h.agent_id AS agent_id, c.x AS x, c.close_ms AS close_ms, sum(h.active_ms) AS active_ms, sum(h.span_ms) AS span_ms,
  sum(h.active_ms) + any(if(h.agent_id = if(length(p.repliers) > 0, toString(p.last_replier), c.owner), ifNull(s.hold_ms, 0) + ifNull(s.wrap_ms, 0), 0)) AS handle_ms
FROM (
  SELECT session_id, agent_id, active_ms, span_ms FROM check_shares
  UNION ALL SELECT session_id, agent_id, active_ms, span_ms FROM check_tails
  UNION ALL
  SELECT p.session_id, arrayJoin(if(length(p.repliers) > 0, p.repliers, [c.owner])) AS agent_id,
    if(agent_id = if(length(p.repliers) > 0, toString(p.last_replier), c.owner), p.talk_ms, 0),
    if(agent_id = if(length(p.repliers) > 0, toString(p.last_replier), c.owner), greatest(p.start_ms, p.close_ms) - p.start_ms, 0)
  FROM check_session_parts AS p INNER JOIN check_conversations AS c ON c.session_id = p.session_id
  WHERE p.talk_ms > 0
) AS h
INNER JOIN check_conversations AS c ON c.session_id = h.session_id
INNER JOIN check_session_parts AS p ON p.session_id = h.session_id
INNER JOIN check_sessions AS s ON s.session_id = h.session_id
WHERE h.agent_id != ''
GROUP BY h.session_id, h.agent_id, c.x, c.close_ms;

-- Queues. Readings: waiting begins at the earliest of queued_at and an event queued (who gives up without either has waited since the
-- start); it ends with the first assignment from then on, without one with the first human reply; giving up before that is abandonment.
-- Test sessions and outages are left out; somebody who gave up need not have said anything.
CREATE TABLE check_queue ENGINE = Memory AS
SELECT
  session_id, start_ms,
  multiIf(gave_up_ms > 0 AND (taken_ms = 0 OR gave_up_ms < taken_ms), 'abandoned', taken_ms > 0, 'answered', 'waiting') AS outcome,
  multiIf(outcome = 'abandoned', greatest(toInt64(0), gave_up_ms - queued_ms), outcome = 'answered', taken_ms - queued_ms, 0) AS wait_ms
FROM (
  SELECT p.session_id AS session_id, p.start_ms AS start_ms, e.gave_up_ms AS gave_up_ms,
    arrayFilter(ms -> ms > 0, [if(s.queued_at IS NULL, 0, toUnixTimestamp64Milli(assumeNotNull(s.queued_at))), e.queued_ms]) AS marks,
    if(length(marks) > 0, arrayMin(marks), p.start_ms) AS queued_ms,
    arrayFilter(ms -> ms >= queued_ms, arrayMap(a -> a.1, p.all_assignments)) AS given,
    arrayFilter(ms -> ms >= queued_ms, t.replies_ms) AS said,
    multiIf(length(given) > 0, arrayMin(given), length(said) > 0, arrayMin(said), 0) AS taken_ms,
    length(marks) > 0 OR e.gave_up_ms > 0 AS waited,
    p.test OR arrayExists(o -> (o.1 = '' OR o.1 = p.shop) AND o.2 <= modulo(p.start_ms + 28800000, 86400000) AND modulo(p.start_ms + 28800000, 86400000) < o.3, h.outages) AS left_out
  FROM check_session_parts AS p
  INNER JOIN check_sessions AS s ON s.session_id = p.session_id
  LEFT JOIN (
    SELECT subject_id, minIf(toUnixTimestamp64Milli(at), type = 'queued') AS queued_ms, minIf(toUnixTimestamp64Milli(at), type = 'abandoned') AS gave_up_ms
    FROM check_events WHERE subject_kind = 'session' GROUP BY subject_id
  ) AS e ON e.subject_id = p.session_id
  LEFT JOIN (SELECT session_id, groupArrayIf(at_ms, replies) AS replies_ms FROM check_talk GROUP BY session_id) AS t ON t.session_id = p.session_id
  LEFT JOIN (
    SELECT date, groupArrayIf(tuple(toString(shop), from_ms, to_ms), type = 'outage') AS outages FROM check_calendar GROUP BY date
  ) AS h ON h.date = toDate32(toDateTime64(p.start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')
)
WHERE waited AND NOT left_out;

-- Agents' states: until the next one, at most a day. Busy with a reason is away; busy without one has a contact in hand.
CREATE TABLE check_states ENGINE = Memory AS
SELECT agent_id, state, begin_ms, least(next_ms, begin_ms + 86400000) AS end_ms
FROM (
  SELECT toString(subject_id) AS agent_id, toUnixTimestamp64Milli(at) AS begin_ms,
    multiIf(type = 'offline', 'off', type = 'online', 'available', value = '', 'handling', 'away') AS state,
    leadInFrame(toUnixTimestamp64Milli(at), 1, 4102444800000) OVER (PARTITION BY subject_id ORDER BY at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_ms
  FROM check_events WHERE subject_kind = 'agent' AND type IN ('online', 'offline', 'busy')
)
WHERE state != 'off';

-- Local days (as numbers since 1970 in Asia/Shanghai) of everything that has a beginning and an end.
CREATE TABLE check_agent_days ENGINE = Memory AS
SELECT agent_id, what, absent, day, greatest(begin_ms, day * 86400000 - 28800000) AS a, least(end_ms, (day + 1) * 86400000 - 28800000) AS b
FROM (
  SELECT *, arrayJoin(range(toUInt32(intDiv(begin_ms + 28800000, 86400000)), toUInt32(intDiv(end_ms - 1 + 28800000, 86400000)) + 1)) AS day
  FROM (
    SELECT agent_id, state AS what, 0 AS absent, begin_ms, end_ms FROM check_states
    UNION ALL
    SELECT toString(agent_id), 'scheduled', actual_start IS NULL, toUnixTimestamp64Milli(scheduled_start), toUnixTimestamp64Milli(scheduled_end) FROM check_attendance_rows
    UNION ALL
    SELECT toString(agent_id), 'paid', 0, toUnixTimestamp64Milli(assumeNotNull(actual_start)), toUnixTimestamp64Milli(assumeNotNull(actual_end))
    FROM check_attendance_rows WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL
  )
  WHERE end_ms > begin_ms
);

-- How much of each agent's scheduled and paid time of a day was worked (available or with a contact in hand).
CREATE TABLE check_worked ENGINE = Memory AS
SELECT w.agent_id AS agent_id, w.what AS what, w.day AS day, any(w.absent) AS absent, any(w.total_ms) AS total_ms,
  sum(greatest(toInt64(0), least(w.b, s.b) - greatest(w.a, s.a)) * (s.what IN ('available', 'handling'))) AS worked_ms
FROM (
  SELECT agent_id, what, day, a, b, min(absent) OVER (PARTITION BY agent_id, what, day) AS absent, sum(b - a) OVER (PARTITION BY agent_id, what, day) AS total_ms
  FROM check_agent_days WHERE what IN ('scheduled', 'paid')
) AS w
LEFT JOIN (SELECT * FROM check_agent_days WHERE what IN ('available', 'handling')) AS s ON s.agent_id = w.agent_id AND s.day = w.day
GROUP BY w.agent_id, w.what, w.day;

CREATE VIEW check_day_states AS
SELECT agent_id, day, sumIf(b - a, what = 'available') AS available_ms, sumIf(b - a, what = 'handling') AS handling_ms
FROM check_agent_days WHERE what IN ('available', 'handling', 'away') GROUP BY agent_id, day;

-- Alerts that were not overturned. Reading: an alert about a session is its owner's, else of the person it names.
CREATE TABLE check_alerts ENGINE = Memory AS
SELECT toString(i.agent_id) AS named, if(i.session_id != '' AND c.owner != '', c.owner, named) AS owner, toString(i.session_id) AS session_id,
  toUnixTimestamp64Milli(i.at) AS at_ms,
  if(i.attributes['acted_at'] = '', NULL, toUnixTimestamp64Milli(parseDateTime64BestEffort(i.attributes['acted_at'], 3, 'Asia/Shanghai'))) AS acted_ms
FROM check_incidents AS i LEFT JOIN check_conversations AS c ON c.session_id = i.session_id
WHERE (i.item = 'alert' OR i.item LIKE 'alert:%') AND i.status IN ('confirmed', 'pending');

-- What the inspection of text said, by session and agent: of several inspections the last, nothing of a session that is gone.
CREATE TABLE check_inspected ENGINE = Memory AS
SELECT toString(agent) AS agent_id, start_ms, replies, personal, tokens, negative, feeling
FROM (
  SELECT session_id, argMax(gone, version) AS is_gone, argMax(counted, version) AS counts, argMax(toUnixTimestamp64Milli(started_at), version) AS start_ms,
    argMax(arrayZip(slice_agent_id, slice_replies, slice_personal, slice_tokens, slice_negative_tokens, slice_feeling), version) AS slices
  FROM inspected_sessions GROUP BY session_id
)
ARRAY JOIN slices.1 AS agent, slices.2 AS replies, slices.3 AS personal, slices.4 AS tokens, slices.5 AS negative, slices.6 AS feeling
WHERE is_gone = 0 AND counts;

-- The last word on each hit of a rule that looks for listed words.
CREATE TABLE check_labels ENGINE = Memory AS
SELECT argMax(label, version) AS label, argMax(toUnixTimestamp64Milli(labelled_at), version) AS at_ms
FROM hit_labels GROUP BY session_id, rule, message_key HAVING argMax(by_words, version);
