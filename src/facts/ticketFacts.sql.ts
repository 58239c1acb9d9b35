import { inScope, type Scope } from './scope.ts';
import { type ServiceClock, serviceTimeSql, shopKeySql } from './serviceHours.ts';
import { ratingsThatHold, winnerFirst } from './sessionFacts.sql.ts';
import { type CustomerFacts, contactsSql, keyOf, nextContactAt, nextContactJoins } from './sessionOutcomes.sql.ts';

/**
 * The tickets of the customers in scope (`tickets` lists every ticket that any version gives to one of them) with what their own rows and events say; what needs sessions and other contacts comes in ticketFactsSql.
 * Owner (O): last assignee before the close by events, else the handler. Fills a scratch table on the whole cluster's connection:
 * tickets are few, and their raw rows live by ticket, not by customer.
 */
export const ticketBaseSql = (scope: Scope, tickets: Scope): string => `
WITH
known AS (
  SELECT *
  FROM tickets
  WHERE ${inScope('ticket_id', tickets)}
  ORDER BY ticket_id, ${winnerFirst}
  LIMIT 1 BY ticket_id
),
happened AS (
  SELECT
    subject_id AS ticket_id,
    arraySort(groupArrayIf(
      (at, toString(if(to_agent_id = '', agent_id, to_agent_id))),
      (type IN ('transferred', 'escalated') AND to_agent_id != '') OR (type = 'assigned' AND (to_agent_id != '' OR agent_id != ''))
    )) AS assignments,
    arraySort(groupArrayIf(at, type = 'reopened')) AS reopenings,
    arraySort(groupArrayIf(at, type = 'closed')) AS closings,
    countIf(type = 'escalated') > 0 AS was_escalated,
    arraySort(groupArrayIf((at, toString(agent_id)), agent_id != '')) AS acts
  FROM (
    SELECT subject_id, at, type, agent_id, to_agent_id
    FROM events
    WHERE subject_kind = 'ticket' AND ${inScope('subject_id', tickets)}
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY if(event_id = '', (subject_id, toString(at), toString(type), toString(agent_id), toString(to_agent_id)), (event_id, '', '', '', ''))
  )
  GROUP BY subject_id
),
rated AS (
  SELECT
    ticket_id,
    1 AS has_rating,
    min(at) AS rated_at,
    argMax(score, (at, rating_id, content_hash)) AS score,
    argMax(tuple(nps), (at, rating_id, content_hash)).1 AS nps,
    argMax(tuple(dsr_service), (at, rating_id, content_hash)).1 AS dsr
  FROM (${ratingsThatHold(`session_id = '' AND ${inScope('ticket_id', tickets)}`)})
  WHERE valid
  GROUP BY ticket_id
)
SELECT
  ticket_id,
  customer_id,
  toString(kind) AS kind,
  toString(priority) AS priority,
  toString(issue) AS issue,
  toString(product) AS product,
  serial,
  known.session_id AS session_id,
  created_at,
  coalesce(known.first_closed_at, if(empty(closings), NULL, closings[1]), known.closed_at) AS first_closed,
  coalesce(known.closed_at, if(notEmpty(closings) AND NOT arrayExists(r -> r >= closings[-1], reopenings), closings[-1], NULL)) AS last_closed,
  coalesce(known.reopened_at, if(arrayExists(r -> r >= first_closed, reopenings), arrayFirst(r -> r >= first_closed, reopenings), NULL)) AS reopened_at,
  sla_due_at,
  coalesce(contacts, 1) AS contacts,
  -- Every closing (0, 2) and reopening (1) in turn. Of several at one instant the row's last word holds, else the reopening.
  arraySort(arrayConcat(
    arrayMap(t -> (t, 0), if(known.first_closed_at IS NULL, closings, arrayPushBack(closings, assumeNotNull(known.first_closed_at)))),
    arrayMap(t -> (t, 1), if(known.reopened_at IS NULL, reopenings, arrayPushBack(reopenings, assumeNotNull(known.reopened_at)))),
    arrayMap(t -> (t, 2), if(known.closed_at IS NULL, [], [assumeNotNull(known.closed_at)]))
  )) AS steps,
  arrayFilter((step, turn) -> turn != 0, steps, arrayPopFront(arrayDifference(arrayPushFront(arrayMap(s -> s.2 != 1, steps), 0)))).1 AS switched_at,
  coalesce(known.reopened, false) OR reopened_at IS NOT NULL AS reopened,
  coalesce(known.escalated, false) OR was_escalated AS escalated,
  CAST(lower(status) IN ('cancelled', 'canceled', '已取消', '取消'), 'Bool') AS cancelled,
  coalesce(known.dispatched, false) AS dispatched,
  arrayLast(x -> x.1 <= coalesce(last_closed, toDateTime64('2199-01-01 00:00:00', 3, 'UTC')), assignments).2 AS last_assignee,
  if(last_assignee = '', toString(agent_id), last_assignee) AS owner_agent_id,
  if(technician_id = '', owner_agent_id, toString(technician_id)) AS fixer_agent_id,
  if(has_rating = 1, score, NULL) AS rating_score,
  if(has_rating = 1, nps, NULL) AS rating_nps,
  if(has_rating = 1, rated_at, NULL) AS rated_at,
  if(has_rating = 1, toInt64(dsr * 10000), NULL) AS rating_dsr,
  toString(known.requesting_team) AS requesting_team,
  if(requesting_team = '', [], acts) AS acts_of_others
FROM known
LEFT JOIN happened USING (ticket_id)
LEFT JOIN rated USING (ticket_id)
WHERE ${inScope('customer_id', scope)}`;

const never = `toDateTime64('2199-01-01 00:00:00', 3, 'UTC')`;
const ms = (instant: string) => `toUnixTimestamp64Milli(assumeNotNull(${instant}))`;
const orNull = (instant: string) => `nullIf(${instant}, toDateTime64(0, 3, 'UTC'))`;

/**
 * The finished ticket facts from the scratch table of ticketBaseSql: first later contact on the same issue (after the first close), the latest
 * earlier complaint of the customer, the first complaint after the close, the first later repair of the same unit. A unit is its serial where both tickets know it,
 * else customer and product. Shop, channel and queue are those of the session a ticket is about, and so is service time, without one the general hours.
 * Parameters: version UInt64, tz String, shopsWithHours Array(String).
 */
export const ticketFactsSql = (facts: CustomerFacts, clock: ServiceClock): string => {
  const base = facts.tickets;
  const serviceTime = (instant: string) => serviceTimeSql(clock, shopKeySql(clock, 'shop'), ms(instant));
  return `
WITH
contacts AS (${contactsSql(facts)}),
complaints AS (SELECT ${keyOf('customer_id')} AS customer, created_at, owner_agent_id FROM ${base} WHERE kind = 'complaint' AND NOT cancelled),
repairs AS (SELECT ${keyOf('customer_id', 'product')} AS customer_product, serial, created_at FROM ${base} WHERE kind = 'repair' AND NOT cancelled),
linked AS (
  SELECT session_id, toString(session_facts.shop) AS shop, toString(session_facts.channel) AS channel, toString(session_facts.queue) AS queue
  FROM session_facts FINAL
  WHERE session_id GLOBAL IN (SELECT session_id FROM ${base} WHERE session_id != '')
)
SELECT
  ticket_id, subject.customer_id AS customer_id, shop, channel, queue, kind, priority, subject.issue AS issue, subject.product AS product, session_id,
  subject.owner_agent_id AS owner_agent_id, fixer_agent_id, subject.created_at AS created_at,
  first_closed AS first_closed_at, last_closed AS closed_at, reopened_at, sla_due_at, contacts, reopened, escalated, cancelled, dispatched,
  if(first_closed IS NULL, NULL, ${nextContactAt(facts)}) AS next_contact_at,
  if(kind = 'complaint', ${orNull('previous.created_at')}, NULL) AS previous_complaint_at,
  if(kind = 'complaint', previous.owner_agent_id, '') AS previous_complaint_owner_id,
  if(kind != 'repair' OR last_closed IS NULL, NULL, ${orNull(`arrayMin(arrayFilter(
    t -> toUnixTimestamp64Milli(t) != 0,
    if(subject.serial = '', [same_product.created_at], [same_serial.created_at, no_serial.created_at])
  ))`)}) AS next_repair_at,
  rating_score, rating_nps, rated_at,
  requesting_team, acts_of_others.1 AS act_at, acts_of_others.2 AS act_agent_id,
  if(kind = 'complaint' AND last_closed IS NOT NULL, ${orNull('repeated.created_at')}, NULL) AS next_complaint_at,
  rating_dsr,
  if(last_closed IS NULL OR last_closed <= subject.created_at, 0, ${serviceTime('last_closed')} - ${serviceTime('subject.created_at')}) AS cycle_business_ms,
  switched_at,
  {version:UInt64} AS version,
  0 AS gone
FROM (SELECT *, ${keyOf('customer_id')} AS customer, ${keyOf('customer_id', 'issue')} AS customer_issue, ${keyOf('customer_id', 'product')} AS customer_product,
  coalesce(first_closed, ${never}) AS after, coalesce(last_closed, ${never}) AS fixed FROM ${base} LEFT JOIN linked USING (session_id)) AS subject
${nextContactJoins(facts)}
ASOF LEFT JOIN complaints AS previous ON subject.customer = previous.customer AND previous.created_at < subject.created_at
ASOF LEFT JOIN complaints AS repeated ON subject.customer = repeated.customer AND repeated.created_at > subject.fixed
ASOF LEFT JOIN (SELECT * FROM repairs WHERE serial != '') AS same_serial ON subject.serial = same_serial.serial AND same_serial.created_at > subject.fixed
ASOF LEFT JOIN (SELECT * FROM repairs WHERE serial = '') AS no_serial
  ON subject.customer_product = no_serial.customer_product AND no_serial.created_at > subject.fixed
ASOF LEFT JOIN repairs AS same_product
  ON subject.customer_product = same_product.customer_product AND same_product.created_at > subject.fixed`;
};

export const ticketFactColumns =
  'ticket_id, customer_id, shop, channel, queue, kind, priority, issue, product, session_id, owner_agent_id, fixer_agent_id, created_at, first_closed_at, closed_at, reopened_at, sla_due_at, contacts, reopened, escalated, cancelled, dispatched, next_contact_at, previous_complaint_at, previous_complaint_owner_id, next_repair_at, rating_score, rating_nps, rated_at, requesting_team, act_at, act_agent_id, next_complaint_at, rating_dsr, cycle_business_ms, switched_at, version, gone';
