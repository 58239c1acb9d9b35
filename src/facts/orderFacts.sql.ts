import {
  clawedBackSql,
  creditBys,
  dayMs,
  defaultVerdict,
  followUpMs,
  longestWindowDays,
  verdictRules,
  verdictSql,
} from './orderVerdict.ts';
import { inScope, type Scope } from './scope.ts';
import { winnerFirst } from './sessionFacts.sql.ts';

const ms = (instant: string) => `toUnixTimestamp64Milli(${instant})`;
const instants = (array: string) => `arrayMap(x -> fromUnixTimestamp64Milli(x.1, 'UTC'), ${array})`;

/**
 * The orders of the customers in scope, of each the version that holds. `orders` lists every order that any version gives to one of
 * them. Read on the whole: raw orders live by order, their facts by customer.
 */
export const ordersThatHoldSql = (customers: Scope): string => `
SELECT order_id, customer_id, created_at, paid_at, cancelled_at, amount_fen, coalesce(refunded_fen, 0) AS refunded_fen, sku, session_id,
  attributes['shop'] AS shop, coalesce(brushed, false) AS brushed
FROM (
  SELECT * FROM orders
  WHERE ${customers.kind === 'all' ? '1' : `order_id GLOBAL IN (SELECT order_id FROM orders WHERE ${inScope('customer_id', customers)})`}
  ORDER BY order_id, ${winnerFirst}
  LIMIT 1 BY order_id
)
WHERE ${inScope('customer_id', customers)}`;

export const heldOrderColumns =
  'order_id, customer_id, created_at, paid_at, cancelled_at, amount_fen, refunded_fen, sku, session_id, shop, brushed';

/** Orders that stood: paid, not brushed, not taken back within the default claw-back. */
const stood = `paid_at IS NOT NULL AND NOT brushed AND NOT ${clawedBackSql(defaultVerdict.clawBackDays)}`;

/** What the customers of derivation_orders said and were told: the answered turns of their inquiries, the sessions that agents began. */
const talksOfBuyers = `
  SELECT
    customer_id,
    arraySort(groupArrayArray(if(agent_initiated, [], arrayMap((t, a) -> (${ms('t')}, session_id, toString(a)), turn_answered_at, turn_agent_id)))) AS rounds,
    arraySort(groupArrayIf((${ms('started_at')}, session_id, toString(slice_agent_id[1])), agent_initiated AND notEmpty(slice_agent_id) AND slice_replies[1] > 0)) AS contacts,
    groupArray((session_id, toString(shop), toString(channel), toString(queue))) AS places
  FROM session_facts FINAL
  WHERE customer_id != '' AND customer_id IN (SELECT customer_id FROM derivation_orders) AND NOT test
  GROUP BY customer_id`;

const verdictColumn = { order: 'by_order', payment: 'by_payment', orderFirst: 'by_order_first' } as const;
const creditColumn = { lastChat: 'last_chat', rounds: 'rounds' } as const;
/** Where the default verdict of a rule is stored. */
export const storedVerdict = (rule: keyof typeof verdictColumn, credit: keyof typeof creditColumn): string =>
  `${verdictColumn[rule]}_${creditColumn[credit]}`;
const verdicts = verdictRules.flatMap((rule) =>
  creditBys.map((credit) => ({
    name: storedVerdict(rule, credit),
    sql: verdictSql({ ...defaultVerdict, rule, credit }),
  })),
);

/**
 * One row per order in derivation_orders, with what led to it and the verdict of each rule. Runs on one shard: a customer's orders and
 * sessions live together. Parameters: tz String, version UInt64.
 */
export const orderFactsSql = `
WITH
talks AS (${talksOfBuyers}
),
payments AS (
  SELECT customer_id, arraySort(groupArray((${ms('assumeNotNull(paid_at)')}, order_id))) AS paid
  FROM derivation_orders WHERE ${stood} GROUP BY customer_id
)
SELECT
  order_id, customer_id, created_at, paid_at, cancelled_at, amount_fen, refunded_fen, sku, session_id,
  if(own_shop = '', place.2, own_shop) AS shop, place.3 AS channel, place.4 AS queue, brushed,
  round_at, round_session_id, round_agent_id, contact_at, contact_session_id, contact_agent_id,
  previous_paid_at, first_of_day,
  ${verdicts.map(({ name, sql }) => `${sql} AS ${name}`).join(',\n  ')},
  {version:UInt64} AS version, 0 AS gone
FROM (
  SELECT
    order_id, customer_id, created_at, paid_at, cancelled_at, amount_fen, refunded_fen, sku, session_id, shop AS own_shop, brushed,
    ${ms('created_at')} AS created_ms,
    if(paid_at IS NULL, 0, ${ms('assumeNotNull(paid_at)')}) AS paid_ms,
    created_ms - ${longestWindowDays * dayMs} AS from_ms,
    greatest(created_ms, paid_ms) AS until_ms,
    arrayFilter(r -> r.1 >= from_ms AND r.1 <= until_ms, talks.rounds) AS rounds,
    arrayFilter(c -> c.1 >= from_ms AND c.1 <= until_ms + ${followUpMs.to}, talks.contacts) AS contacts,
    ${instants('rounds')} AS round_at, rounds.2 AS round_session_id, rounds.3 AS round_agent_id,
    ${instants('contacts')} AS contact_at, contacts.2 AS contact_session_id, contacts.3 AS contact_agent_id,
    -- The shop, channel and queue of the session that the source links, else of the last one before the payment.
    arrayFirst(p -> p.1 = multiIf(has(talks.places.1, session_id), session_id, notEmpty(rounds), rounds[-1].2, notEmpty(contacts), contacts[1].2, ''), talks.places) AS place,
    arrayLast(p -> p < (paid_ms, order_id), payments.paid).1 AS previous_ms,
    if(previous_ms = 0, NULL, fromUnixTimestamp64Milli(previous_ms, 'UTC')) AS previous_paid_at,
    has(payments.paid, (paid_ms, order_id)) AND (previous_ms = 0
      OR toDate32(fromUnixTimestamp64Milli(previous_ms, 'UTC'), {tz:String}) < toDate32(fromUnixTimestamp64Milli(paid_ms, 'UTC'), {tz:String})) AS first_of_day
  FROM derivation_orders
  LEFT JOIN talks USING (customer_id)
  LEFT JOIN payments USING (customer_id)
)`;

export const orderFactColumns = [
  ...[
    'order_id',
    'customer_id',
    'created_at',
    'paid_at',
    'cancelled_at',
    'amount_fen',
    'refunded_fen',
    'sku',
    'session_id',
  ],
  ...['shop', 'channel', 'queue', 'brushed', 'round_at', 'round_session_id', 'round_agent_id'],
  ...['contact_at', 'contact_session_id', 'contact_agent_id', 'previous_paid_at', 'first_of_day'],
  ...verdicts.map(({ name }) => name),
  ...['version', 'gone'],
].join(', ');

/** Days after an approach in which an order follows from it. */
const guidedDays = 30;

/**
 * One row per customer, local day and side that began, of the customers in scope: who talked, and the first order that followed. Runs on one shard over
 * its own session and order facts. Parameters: tz String, version UInt64.
 */
export const salesContactsSql = (customers: Scope): string => `
WITH
buyers AS (
  SELECT customer_id, arraySort(o -> (o.1, o.2), groupArray((
    ${ms('assumeNotNull(paid_at)')}, order_id, ${ms('created_at')}, cancelled_at, round_at, round_session_id, round_agent_id, contact_at, contact_session_id, contact_agent_id
  ))) AS bought
  FROM order_facts FINAL
  WHERE ${inScope('customer_id', customers)} AND ${stood}
  GROUP BY customer_id
),
days AS (
  SELECT
    customer_id, agent_initiated AS guidance, toDate32(started_at, {tz:String}) AS day,
    min(started_at) AS begun, ${ms('begun')} AS begun_ms,
    argMin((session_id, toString(shop), toString(channel), toString(queue), toString(issue)), (started_at, session_id)) AS first_session,
    arraySort(groupArrayArray(if(agent_initiated, [(${ms('started_at')}, session_id, toString(slice_agent_id[1]))],
      arrayMap((t, a) -> (${ms('t')}, session_id, toString(a)), turn_answered_at, turn_agent_id)))) AS rounds
  FROM session_facts FINAL
  WHERE customer_id != '' AND ${inScope('customer_id', customers)} AND NOT (bot_only OR test OR outage)
    AND if(agent_initiated, notEmpty(slice_agent_id) AND slice_replies[1] > 0, NOT no_customer_message AND replied)
  GROUP BY customer_id, guidance, day
)
SELECT
  concat(customer_id, if(guidance, ' guided ', ' asked '), toString(day)) AS contact_id,
  customer_id, guidance, begun AS started_at, first_session.1 AS session_id, first_session.2 AS shop, first_session.3 AS channel, first_session.4 AS queue,
  first_session.5 AS issue,
  if(guidance, rounds[1].3, rounds[-1].3) AS last_chat_agent_id,
  if(guidance, rounds[1].3, arraySort(a -> (countEqual(rounds.3, a), arrayLast(r -> r.3 = a, rounds).1, a), arrayDistinct(rounds.3))[-1]) AS rounds_agent_id,
  if(previous_ms = 0, NULL, fromUnixTimestamp64Milli(previous_ms, 'UTC')) AS previous_paid_at,
  amid_order,
  followed.2 AS order_id,
  fromUnixTimestamp64Milli(followed.3, 'UTC') AS created_at,
  if(followed.2 = '', NULL, fromUnixTimestamp64Milli(followed.1, 'UTC')) AS paid_at,
  followed.4 AS cancelled_at, false AS brushed,
  followed.5 AS round_at, followed.6 AS round_session_id, followed.7 AS round_agent_id,
  followed.8 AS contact_at, followed.9 AS contact_session_id, followed.10 AS contact_agent_id,
  {version:UInt64} AS version, 0 AS gone
FROM (
  SELECT *,
    arrayLast(o -> o.1 < begun_ms, bought).1 AS previous_ms,
    arrayExists(o -> o.3 <= begun_ms AND begun_ms <= o.1 + ${followUpMs.to}, bought) AS amid_order,
    arrayFirst(o -> o.1 >= begun_ms AND if(guidance, o.1 - begun_ms <= ${guidedDays * dayMs},
      toDate32(fromUnixTimestamp64Milli(o.1, 'UTC'), {tz:String}) <= day + 1), bought) AS followed
  FROM days LEFT JOIN buyers USING (customer_id)
)`;

export const salesContactColumns = [
  ...['contact_id', 'customer_id', 'guidance', 'started_at', 'session_id', 'shop', 'channel', 'queue', 'issue'],
  ...[
    'last_chat_agent_id',
    'rounds_agent_id',
    'previous_paid_at',
    'amid_order',
    'order_id',
    'created_at',
    'paid_at',
    'cancelled_at',
    'brushed',
  ],
  ...[
    'round_at',
    'round_session_id',
    'round_agent_id',
    'contact_at',
    'contact_session_id',
    'contact_agent_id',
    'version',
    'gone',
  ],
].join(', ');
