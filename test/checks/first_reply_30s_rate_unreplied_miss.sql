-- The same with unreplied=miss: unreplied sessions stay in the denominator, at their first assignee. F/s/H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(replied AND first_reply_ms <= 30000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_first_replies
WHERE NOT h AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
