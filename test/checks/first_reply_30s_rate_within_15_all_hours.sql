-- within=15:hours=all: first replies ≤ 15,000 ms ÷ replied sessions, whatever the hour. F/s/X+U.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(first_reply_ms <= 15000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_first_replies
WHERE NOT x AND replied AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
