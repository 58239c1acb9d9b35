import { rejoinMs } from '../facts/rejoin.ts';
import { keyOf } from '../facts/sessionOutcomes.sql.ts';
import { aSession, excludedX, fromAt, outside, own, type RelationPart, toAt } from './relationParts.sql.ts';

/** Of one customer, shop and channel; whose customer is unknown, a session is one by itself. One number sorts in half the time. */
const whose = keyOf(`if(customer_id = '', session_id, customer_id)`, `customer_id = ''`, 'shop', 'channel');
const inOrder = 'PARTITION BY whose ORDER BY started_at, session_id';
const tooLate = (closed: string) => `addMilliseconds(${closed}, ${rejoinMs})`;

/** The first of the sessions that belong together, and the first of those in which somebody replied. */
const ofFirst = (column: string) => `argMin(${column}, place)`;
const ofReplied = (column: string) => `argMinIf(${column}, place, has_reply)`;

/**
 * Sessions outside X, where those that begin less than ten minutes after the close before them count as one with it (G3), named after the
 * first; `rejoined` has the ids of the others. A question that nobody answered before its session closed waits on until the reply.
 *
 * What closed ten minutes before the period or earlier neither is in it nor holds back what begins in it. What begins after its end only
 * belongs to it where the customer was still there at the end.
 */
const joined = `(
    SELECT any(its_shop) AS shop, any(its_channel) AS channel, any(customer) AS customer_id, ${ofFirst('part_id')} AS session_id, min(begins_at) AS started_at,
      ${ofFirst('in_queue')} AS queue, ${ofFirst('about')} AS issue, ${ofFirst('begins_outside')} AS outside_hours,
      max(has_reply) AS replied, max(has_reply OR unanswered_ms > 0) AS asked,
      if(replied, ${ofReplied('first_agent')}, argMinIf(first_agent, place, first_agent != '')) AS first_agent_id,
      ${ofReplied('answered_at_ms')} AS answered_ms,
      ${ofReplied('calendar_ms')} AS first_reply_ms, ${ofReplied('business_ms')} AS first_reply_business_ms, ${ofReplied('customer_ms')} AS first_reply_customer_ms,
      groupArrayIf((had_by, unanswered_ms), NOT has_reply AND unanswered_ms > 0) AS waiting,
      arrayMap(each -> each.2, arraySort(groupArrayIf((place, part_id), NOT is_new))) AS rejoined
    FROM (
      SELECT *, sum(is_new) OVER (PARTITION BY whose ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
      FROM (
        SELECT
          ${whose} AS whose, row_number() OVER (${inOrder}) AS place,
          started_at >= ${tooLate(`max(closed_at) OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`)} AS is_new,
          session_id AS part_id, customer_id AS customer, shop AS its_shop, channel AS its_channel, started_at AS begins_at,
          queue AS in_queue, issue AS about, outside_hours AS begins_outside, replied AS has_reply, first_agent_id AS first_agent,
          toUnixTimestamp64Milli(turn_answered_at[1]) AS answered_at_ms,
          first_reply_ms AS calendar_ms, first_reply_business_ms AS business_ms, first_reply_customer_ms AS customer_ms,
          ifNull(toUnixTimestamp64Milli(open_turn_started_at), 0) AS unanswered_ms,
          -- Whose the question was, where it was one person's all the while.
          if(first_agent_id = owner_agent_id, toString(first_agent_id), '') AS had_by
        FROM session_facts FINAL
        WHERE NOT ${excludedX} AND ${tooLate('closed_at')} > ${fromAt}
          AND (started_at < ${toAt} OR customer_id GLOBAL IN (
            SELECT customer_id FROM session_facts WHERE started_at < ${toAt} AND ${tooLate('closed_at')} > ${toAt}))
      )
    )
    GROUP BY whose, number
  ) AS joined`;

/** The longest of a reply's own time and the times since the questions that waited for it. */
const sinceWaiting = (ms: string, waiting: string) =>
  `arrayMax(arrayPushBack(arrayMap(each -> answered_ms - each.2, ${waiting}), ${ms}))`;

export const rejoinedSessions = {
  columns: {
    ...aSession,
    ...outside,
    ...own('started_at', 'first_agent_id', 'replied', 'asked', 'rejoined'),
    first_reply_calendar: sinceWaiting('first_reply_ms', 'arrayFilter(each -> each.1 = first_agent_id, waiting)'),
    // Of a question that nobody answered the facts keep no service time.
    first_reply_business: 'first_reply_business_ms',
    first_reply_customer: sinceWaiting('first_reply_customer_ms', 'waiting'),
  },
  from: joined,
  together: true,
} as const satisfies RelationPart;
