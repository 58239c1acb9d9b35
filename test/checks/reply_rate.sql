-- Replied ÷ sessions routed to humans. F/s/H. A session that is not bot-only and has a customer message counts as routed.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(replied) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_first_replies
WHERE NOT h AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
