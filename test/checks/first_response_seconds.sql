-- Sum of first reply times ÷ replied sessions. F/s/H+U.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(first_reply_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_first_replies
WHERE NOT h AND replied AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
