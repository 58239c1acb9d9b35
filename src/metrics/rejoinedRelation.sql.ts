import { rejoinMs } from '../facts/cutSessions.ts';
import { aSession, excludedX, fromAt, outside, own, type RelationPart, toAt } from './relationParts.sql.ts';

/** Of one customer, shop and channel, in order; whose customer is unknown, a session is one by itself. */
const inOrder = `PARTITION BY whose, shop, channel ORDER BY place`;
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
    SELECT shop, channel, any(whose.1) AS customer_id, ${ofFirst('place.2')} AS session_id, ${ofFirst('place.1')} AS started_at,
      ${ofFirst('in_queue')} AS queue, ${ofFirst('about')} AS issue, ${ofFirst('begins_outside')} AS outside_hours,
      max(has_reply) AS replied, max(has_reply OR unanswered_ms > 0) AS asked,
      if(replied, ${ofReplied('first_agent')}, argMinIf(first_agent, place, first_agent != '')) AS first_agent_id,
      ${ofReplied('answered_at_ms')} AS answered_ms,
      ${ofReplied('calendar_ms')} AS first_reply_ms, ${ofReplied('business_ms')} AS first_reply_business_ms, ${ofReplied('customer_ms')} AS first_reply_customer_ms,
      groupArrayIf((had_by, unanswered_ms), NOT has_reply AND unanswered_ms > 0) AS waiting,
      arrayPopFront(arrayMap(each -> each.2, arraySort(groupArray(place)))) AS rejoined
    FROM (
      SELECT *, sum(is_new) OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
      FROM (
        SELECT
          shop, channel, if(customer_id = '', ('', session_id), (customer_id, '')) AS whose, (started_at, session_id) AS place,
          started_at >= ${tooLate(`max(closed_at) OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`)} AS is_new,
          queue AS in_queue, issue AS about, outside_hours AS begins_outside, replied AS has_reply, toString(first_agent_id) AS first_agent,
          toUnixTimestamp64Milli(turn_answered_at[1]) AS answered_at_ms,
          first_reply_ms AS calendar_ms, first_reply_business_ms AS business_ms, first_reply_customer_ms AS customer_ms,
          ifNull(toUnixTimestamp64Milli(open_turn_started_at), 0) AS unanswered_ms,
          -- Whose the question was, where it was one person's all the while.
          if(first_agent_id = owner_agent_id, first_agent, '') AS had_by
        FROM session_facts FINAL
        WHERE NOT ${excludedX} AND ${tooLate('closed_at')} > ${fromAt}
          AND (started_at < ${toAt} OR customer_hash GLOBAL IN (
            SELECT customer_hash FROM session_facts WHERE started_at < ${toAt} AND ${tooLate('closed_at')} > ${toAt}))
      )
    )
    GROUP BY whose, shop, channel, number
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
