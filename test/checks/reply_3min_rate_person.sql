-- unit=person: customers answered within 180,000 ms ÷ customers who asked.
-- A customer counts once on a local day and in a shop, with the first turn of that day: by session start, of the sessions that count.
-- Without a customer's id every session is a person. T/s/H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(in_time) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT argMin(if(t.answered, t.replier, t.owner), (t.turn_ms, t.session_id)) AS agent_id,
    argMin(t.answered AND t.reply_time_ms <= 180000, (t.turn_ms, t.session_id)) AS in_time
  FROM check_turns AS t
  INNER JOIN check_session_parts AS p ON p.session_id = t.session_id
  WHERE NOT t.h AND t.start_ms >= from_ms AND t.start_ms < to_ms
  GROUP BY if(p.customer_id = '', concat('session ', t.session_id), concat('customer ', p.customer_id)), toString(p.shop), intDiv(t.start_ms + 28800000, 86400000)
)
GROUP BY agent_id
