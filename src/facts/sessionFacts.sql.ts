import { inScope, type Scope } from './scope.ts';
import {
  nextServiceDayEndSql,
  outsideHoursSql,
  type ServiceClock,
  serviceTimeSql,
  shopKeySql,
  withinServiceDaySql,
} from './serviceHours.ts';
import { nameOf, namesOf, nobody, numberOf } from './speakers.sql.ts';
import { anyTied, byAgent, instantsOf, type MessageOrder, speakersOf, talkSql } from './talk.sql.ts';

/** Of several versions of a row the one that holds: greatest updated_at, else the latest import, then the content hash. */
export const winnerFirst = `updated_at DESC NULLS LAST, if(updated_at IS NULL, (import_id, line), (0, 0)) DESC, content_hash DESC`;

/** The rating that holds of each key: of a rating id, or of (subject, instant) where the source gives none. */
export const ratingsThatHold = (where: string): string => `
    SELECT session_id, ticket_id, at, score, nps, dsr_service, rating_id, content_hash, valid
    FROM ratings
    WHERE ${where}
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY if(rating_id = '', (session_id, ticket_id, toString(at)), ('', '', rating_id))`;

/** An empty array where the condition holds, so that a dear lambda runs for the other rows only. */
const unless = (condition: string, array: string) => `if(${condition}, [], ${array})`;
const localDate = (ms: string) => `toDate32(fromUnixTimestamp64Milli(${ms}), {tz:String})`;

/** Last hand-off or assignment not after the reply; where all come after it the first, so that the reply takes no time (G5). */
const lastBefore = (instants: string, reply: string) =>
  `if(empty(${instants}), 0, if(${instants}[1] > ${reply}, ${instants}[1], arrayLast(i -> i <= ${reply}, ${instants})))`;

/** The part of agent g: what the parts before their replies add up to, and for the handler whatever nobody's reply ends. */
const partOf = (parts: string, whole: string) =>
  `arraySum((w, ms) -> if(w = g, ms, 0), sharers, arrayPopFront(${parts})) + if(g = handler, ${whole} - arraySum(${parts}), 0)`;

/**
 * One row per session with a message in scope: what was said, in the contract's order (at, seq, customer < bot < system < agent,
 * message_id, content hash), and by whom if `named`.
 */
export const saidSql = (scope: Scope, order: MessageOrder, named = false): string => `
  SELECT
    session_id,
    ${talkSql(order)} AS talk,
    min(at) AS first_message_at,
    max(at) AS last_message_at,
    countIf(sender = 'bot' AND kind < 'note') > 0 AS bot_spoke,
    -- Even an automatic reply of an agent shows that the session had reached a person.
    countIf(sender = 'agent' AND kind < 'note') > 0 AS agent_shown,
    countIf(kind = 'invitation') > 0 AS invitation_sent,
    max(messages.customer_id) AS message_customer_id,
    toUInt32(count()) AS messages_count${named ? ',\n    groupUniqArray(sender_id) AS sender_names' : ''}
  FROM messages
  WHERE ${inScope('session_id', scope)}
  GROUP BY session_id`;

/**
 * One row per session that has a session row or a message in scope: turns cut as G4 says, clocks as G5, exclusions as G6,
 * first replier (F) and owner (O) as G8. Runs on one shard over its own raw tables and yields the columns of session_facts.
 * `said` is `saidSql` over the same scope, or a read of what it has yielded. Parameters: tz String, version UInt64, shopsWithHours Array(String).
 */
export function sessionFactsSql(scope: Scope, clock: ServiceClock, said: string): string {
  const businessTime = (ms: string) => serviceTimeSql(clock, 'shop_key', ms);
  return `
WITH
said AS (${said}),
known AS (
  SELECT *, 1 AS has_row
  FROM sessions
  WHERE ${inScope('session_id', scope)}
  ORDER BY session_id, ${winnerFirst}
  LIMIT 1 BY session_id
),
happened AS (
  SELECT
    subject_id AS session_id,
    arraySort(groupArrayIf(
      (toUnixTimestamp64Milli(at), if(to_agent_id = '', agent_id, to_agent_id) AS taken_by, ${numberOf('taken_by')}),
      (type IN ('transferred', 'escalated') AND to_agent_id != '') OR (type = 'assigned' AND (to_agent_id != '' OR agent_id != ''))
    )) AS assignments,
    arraySort(groupArrayIf(toUnixTimestamp64Milli(at), type = 'handoff')) AS handoffs,
    groupUniqArrayIf(${numberOf('agent_id')}, type IN ('transferred', 'escalated') AND agent_id != '') AS moved_out_by,
    countIf(type IN ('transferred', 'escalated')) > 0 AS moved,
    countIf(type = 'invited') > 0 AS invited,
    countIf(type = 'queued') > 0 AS queued,
    minIf(toUnixTimestamp64Milli(at), type = 'queued') AS queued_ms,
    minIf(toUnixTimestamp64Milli(at), type = 'abandoned') AS abandoned_ms,
    groupUniqArrayIf(${numberOf('agent_id')}, type = 'kb_used') AS kb_users
  FROM (
    SELECT subject_id, at, type, agent_id, to_agent_id
    FROM events
    WHERE subject_kind = 'session' AND ${inScope('subject_id', scope)}
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY if(event_id = '', (subject_id, toString(at), toString(type), toString(agent_id), toString(to_agent_id)), (event_id, '', '', '', ''))
  )
  GROUP BY subject_id
),
rated AS (
  SELECT
    session_id,
    1 AS has_rating,
    min(at) AS rated_at,
    argMax(score, (at, rating_id, content_hash)) AS score,
    argMax(tuple(nps), (at, rating_id, content_hash)).1 AS nps,
    argMax(tuple(dsr_service), (at, rating_id, content_hash)).1 AS dsr
  FROM (${ratingsThatHold(`session_id != '' AND ${inScope('session_id', scope)}`)})
  WHERE valid
  GROUP BY session_id
),
-- In steps, each of columns of the one before: the engine writes out an alias wherever another one names it, and planning takes
-- several times longer when they stand side by side.
met AS (
  SELECT
    session_id,
    messages_count,
    has_row,
    if(has_row = 1, known.customer_id, message_customer_id) AS customer,
    known.shop AS shop,
    ${shopKeySql(clock, 'known.shop')} AS shop_key,
    known.channel AS channel,
    known.queue AS queue,
    known.issue AS issue,
    if(has_row = 1, known.started_at, first_message_at) AS start,
    greatest(if(has_row = 1, known.started_at, first_message_at),
      coalesce(known.ended_at, if(messages_count > 0, last_message_at, known.started_at))) AS close,
    known.assigned_agent_id AS assigned_name,
    ${numberOf('known.assigned_agent_id')} AS assigned_agent,
    known.assigned_at AS given_at,
    talk,
    ${instantsOf('talk')} AS spoken_ms,
    arrayMap(x -> NOT ${byAgent}, talk) AS from_customer,
    arraySort(if(known.handoff_at IS NULL, happened.handoffs,
      arrayPushBack(happened.handoffs, toUnixTimestamp64Milli(assumeNotNull(known.handoff_at))))) AS handoff_ms,
    happened.assignments AS assignments,
    arrayDistinct(if(known.transferred_from = '', happened.moved_out_by,
      arrayPushBack(happened.moved_out_by, ${numberOf('known.transferred_from')}))) AS movers,
    coalesce(known.talk_ms, 0) AS talked_ms,
    coalesce(known.hold_ms, 0) + coalesce(known.wrap_ms, 0) AS aside_ms,
    multiIf(known.queued_at IS NULL, happened.queued_ms,
      happened.queued_ms = 0, toUnixTimestamp64Milli(assumeNotNull(known.queued_at)),
      least(happened.queued_ms, toUnixTimestamp64Milli(assumeNotNull(known.queued_at)))) AS queued_ms,
    happened.abandoned_ms AS abandoned_ms,
    happened.queued OR known.queued_at IS NOT NULL AS is_queued,
    happened.kb_users AS kb_users,
    happened.moved OR known.transferred_from != '' AS is_moved,
    bot_spoke OR known.initiated_by = 'bot' AS with_bot,
    agent_shown,
    known.initiated_by AS initiated_by,
    known.invited_at IS NOT NULL OR invitation_sent OR happened.invited AS is_invited,
    coalesce(known.test, false) AS is_test,
    coalesce(known.offline, false) AS is_offline
  FROM said
  FULL OUTER JOIN known USING (session_id)
  LEFT JOIN happened USING (session_id)
),
stepped AS (
  SELECT
    *,
    toUnixTimestamp64Milli(start) AS start_ms,
    toDate32(start, {tz:String}) AS start_day,
    toUnixTimestamp64Milli(close) AS close_ms,
    -- A turn opens where a customer speaks while none is waiting (1), and closes at the next human reply (-1).
    arrayPopFront(arrayDifference(arrayPushFront(from_customer, 0))) AS steps,
    arrayFilter(x -> ${byAgent}, talk) AS replies,
    arraySort(if(given_at IS NULL OR assigned_name = '', assignments,
      arrayPushBack(assignments, (toUnixTimestamp64Milli(assumeNotNull(given_at)), toString(assigned_name), assigned_agent)))) AS assigned,
    arrayLast(x -> x.1 <= toUnixTimestamp64Milli(close), assignments).3 AS last_assignee,
    -- A call has no messages; its customer spoke.
    NOT has(from_customer, 1) AND talked_ms = 0 AS is_silent,
    -- Who gives up in a queue that nobody noted has waited since the start.
    if(is_queued OR abandoned_ms = 0, queued_ms, toUnixTimestamp64Milli(start)) AS queue_from_ms
  FROM met
),
turned AS (
  SELECT
    *,
    ${instantsOf('arrayFilter((x, step) -> step = 1, talk, steps)')} AS opened_ms,
    arrayFilter((x, step) -> step = -1, talk, steps) AS closing,
    ${speakersOf('replies')} AS repliers,
    ${instantsOf('replies')} AS replied_ms,
    assigned.1 AS assigned_ms,
    assigned.3 AS assignee
  FROM stepped
),
answered AS (
  SELECT
    *,
    ${instantsOf('closing')} AS answered_ms,
    ${speakersOf('closing')} AS answerer,
    arraySlice(opened_ms, 1, length(closing)) AS turned_ms,
    length(opened_ms) > length(closing) AS has_open_turn,
    notEmpty(closing) AS is_replied,
    multiIf(last_assignee != 0, last_assignee, notEmpty(repliers), repliers[-1], assigned_agent) AS owner,
    -- Most sessions are given to one person once, and served on one day within its hours: what holds for the others goes over empty arrays there.
    empty(handoff_ms) AND length(assigned) < 2 AS given_once,
    ${localDate('replied_ms[1]')} AS replied_on,
    ${localDate('replied_ms[1]')} = ${localDate('replied_ms[-1]')} AS replied_in_a_day,
    with_bot AND NOT agent_shown AND empty(assigned) AND assigned_agent = ${nobody} AND empty(handoff_ms) AND NOT is_queued AS is_bot_only,
    arrayFirst(t -> t >= queue_from_ms, if(queue_from_ms = 0, [], assigned_ms)) AS queue_assigned_ms,
    arrayFirst(t -> t >= queue_from_ms, if(queue_from_ms = 0, [], replied_ms)) AS queue_replied_ms
  FROM turned
),
clocked AS (
  SELECT
    *,
    if(given_once,
      arrayMap((s, g) -> greatest(s, if(g = assignee[1], assigned_ms[1], 0)), turned_ms, answerer),
      arrayMap((s, a, g) -> greatest(
        s,
        ${lastBefore('handoff_ms', 'a')},
        if(empty(assigned_ms), 0, if(arrayExists((m, w) -> m <= a AND w = g, assigned_ms, assignee),
          arrayLast((m, w) -> m <= a AND w = g, assigned_ms, assignee),
          arrayFirst((m, w) -> w = g, assigned_ms, assignee)))
      ), ${unless('given_once', 'turned_ms')}, ${unless('given_once', 'answered_ms')}, ${unless('given_once', 'answerer')})) AS clock_ms,
    ${withinServiceDaySql(clock, 'shop_key', 'turned_ms[1]', 'answered_ms[-1]')} AS served_in_hours,
    arrayDistinct(arrayFilter(g -> g != ${nobody}, arrayConcat(repliers, movers, if(has_open_turn OR talked_ms > 0, [owner], [])))) AS slices,
    arrayDistinct(arrayMap((g, t) -> (g, ${localDate('t')}), ${unless('replied_in_a_day', 'repliers')}, ${unless('replied_in_a_day', 'replied_ms')})) AS loads,
    -- Whoever had the contact in hand last; a call without a transcript was its owner's.
    multiIf(notEmpty(repliers), repliers[-1], talked_ms > 0, owner, ${nobody}) AS handler,
    if(queue_assigned_ms > 0, queue_assigned_ms, queue_replied_ms) AS queue_answered_ms
  FROM answered
),
parted AS (
  SELECT
    *,
    arrayMap((c, a) -> greatest(0, a - c), clock_ms, answered_ms) AS reply_ms,
    if(replied_in_a_day, arrayDistinct(repliers), loads.1) AS loaded,
    arraySum(gap -> least(gap, 60000), arrayDifference(spoken_ms)) AS between_ms,
    if(length(slices) > 1, talk, []) AS talk_of_several,
    -- Only a session of several is divided: what lies before a person's reply is theirs, what follows the last one the handler's.
    length(slices) > 1 AND talked_ms = 0 AS shared,
    multiIf(queue_from_ms = 0, '', abandoned_ms > 0 AND (queue_answered_ms = 0 OR abandoned_ms < queue_answered_ms), 'abandoned',
      queue_answered_ms > 0, 'answered', 'waiting') AS outcome
  FROM clocked
),
measured AS (
  SELECT
    *,
    if(served_in_hours, reply_ms, arrayMap((c, a) -> if(a > c, ${businessTime('a')} - ${businessTime('c')}, 0),
      ${unless('served_in_hours', 'clock_ms')}, ${unless('served_in_hours', 'answered_ms')})) AS business_ms,
    if(shared, repliers, []) AS sharers,
    arrayDifference(arrayPushFront(arrayFilter((ms, c) -> NOT c, arrayCumSum(gap -> least(gap, 60000), arrayDifference(if(shared, spoken_ms, []))),
      if(shared, from_customer, [])), 0)) AS active_parts,
    arrayDifference(arrayPushFront(arrayMap(ms -> least(greatest(ms, start_ms), close_ms), if(shared, replied_ms, [])), start_ms)) AS span_parts
  FROM parted
)
SELECT
  session_id,
  customer AS customer_id,
  measured.shop,
  channel,
  queue,
  issue,
  start AS started_at,
  close AS closed_at,
  ${nameOf(`multiIf(is_replied, answerer[1], assigned_agent != ${nobody}, assigned_agent, assignee[1])`)} AS first_agent_id,
  ${nameOf('owner')} AS owner_agent_id,
  is_bot_only AS bot_only,
  initiated_by = 'agent' OR (initiated_by = '' AND notEmpty(from_customer) AND NOT from_customer[1]) AS agent_initiated,
  is_test AS test,
  is_silent AS no_customer_message,
  arrayExists(o -> o.1 IN ('', measured.shop) AND o.2 <= start AND start < o.3, (SELECT groupArray((toString(shop), from_at, to_at)) FROM outages)) AS outage,
  ${outsideHoursSql(clock, 'shop_key', 'start_ms')}
    OR (covered.has_attendance = 1 AND NOT arrayExists((f, t) -> f <= start AND start < t, covered.from_at, covered.to_at)) AS outside_hours,
  is_offline AS offline,
  is_replied AS replied,
  is_moved AS moved,
  is_invited AS invited,
  messages_count AS message_count,
  ${anyTied('talk_of_several')} AS tied,
  if(is_replied, reply_ms[1], 0) AS first_reply_ms,
  if(is_replied, answered_ms[1] - turned_ms[1], 0) AS first_reply_customer_ms,
  if(is_replied, business_ms[1], 0) AS first_reply_business_ms,
  arrayMap(t -> fromUnixTimestamp64Milli(t, 'UTC'), turned_ms) AS turn_started_at,
  arrayMap(t -> fromUnixTimestamp64Milli(t, 'UTC'), clock_ms) AS turn_clock_at,
  arrayMap(t -> fromUnixTimestamp64Milli(t, 'UTC'), answered_ms) AS turn_answered_at,
  ${namesOf('answerer')} AS turn_agent_id,
  reply_ms AS turn_reply_ms,
  business_ms AS turn_business_ms,
  if(has_open_turn, fromUnixTimestamp64Milli(opened_ms[-1], 'UTC'), NULL) AS open_turn_started_at,
  ${namesOf('slices')} AS slice_agent_id,
  arrayMap(g -> toUInt32(countEqual(repliers, g)), slices) AS slice_replies,
  arrayMap(g -> toUInt32(countEqual(answerer, g)), slices) AS slice_turns,
  arrayMap(g -> toUInt8(has_open_turn AND g = owner), slices) AS slice_open_turns,
  arrayMap(g -> arraySum((w, r) -> if(w = g, r, 0), answerer, reply_ms), slices) AS slice_reply_ms,
  arrayMap(g -> toUInt32(arrayCount((w, r) -> w = g AND r <= 180000, answerer, reply_ms)), slices) AS slice_turns_within_3min,
  arrayMap(g -> toUInt8(has(movers, g)), slices) AS slice_moved_out,
  ${namesOf('loaded')} AS load_agent_id,
  if(replied_in_a_day, arrayMap(g -> replied_on, loaded), loads.2) AS load_day,
  if(has_rating = 1, score, NULL) AS rating_score,
  if(has_rating = 1, nps, NULL) AS rating_nps,
  if(has_rating = 1, rated_at, NULL) AS rated_at,
  arrayMap((g, ms) -> ms + if(g = handler, aside_ms, 0), slices, slice_active_ms) AS slice_handle_ms,
  arrayMap(g -> ${partOf('active_parts', 'if(talked_ms > 0, talked_ms, between_ms)')}, slices) AS slice_active_ms,
  arrayMap(g -> ${partOf('span_parts', '(close_ms - start_ms)')}, slices) AS slice_span_ms,
  arrayMap(g -> toUInt8(has(kb_users, g) OR (g = owner AND has(kb_users, ${nobody}))), slices) AS slice_kb_used,
  outcome AS queue_outcome,
  multiIf(outcome = 'answered', queue_answered_ms - queue_from_ms, outcome = 'abandoned', greatest(0, abandoned_ms - queue_from_ms), 0) AS queue_wait_ms,
  if(is_offline, is_replied AND answered_ms[1] < ${nextServiceDayEndSql(clock, 'shop_key', 'start_ms')}, NULL) AS offline_handled,
  with_bot AND NOT (is_test OR is_silent OR outage) AS bot_session,
  if(has_rating = 1, toInt64(dsr * 10000), NULL) AS rating_dsr,
  {version:UInt64} AS version,
  0 AS gone
FROM measured
LEFT JOIN (SELECT *, 1 AS has_attendance FROM shop_coverage) AS covered ON covered.shop = measured.shop AND covered.day = measured.start_day
LEFT JOIN rated USING (session_id)
WHERE has_row = 1 OR messages_count > 0`;
}

/** Names the columns, so that the order of SELECT and table can never disagree silently. */
export const sessionFactColumns = [
  'session_id',
  'customer_id',
  'shop',
  'channel',
  'queue',
  'issue',
  'started_at',
  'closed_at',
  'first_agent_id',
  'owner_agent_id',
  'bot_only',
  'agent_initiated',
  'test',
  'no_customer_message',
  'outage',
  'outside_hours',
  'offline',
  'replied',
  'moved',
  'invited',
  'message_count',
  'tied',
  'first_reply_ms',
  'first_reply_customer_ms',
  'first_reply_business_ms',
  'turn_started_at',
  'turn_clock_at',
  'turn_answered_at',
  'turn_agent_id',
  'turn_reply_ms',
  'turn_business_ms',
  'open_turn_started_at',
  'slice_agent_id',
  'slice_replies',
  'slice_turns',
  'slice_open_turns',
  'slice_reply_ms',
  'slice_turns_within_3min',
  'slice_moved_out',
  'load_agent_id',
  'load_day',
  'rating_score',
  'rating_nps',
  'rated_at',
  'slice_handle_ms',
  'slice_active_ms',
  'slice_span_ms',
  'slice_kb_used',
  'queue_outcome',
  'queue_wait_ms',
  'offline_handled',
  'bot_session',
  'rating_dsr',
  'version',
  'gone',
].join(', ');
