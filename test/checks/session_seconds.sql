-- Sum of (end − start) ÷ sessions. O/s/X. The end is ended_at, else the last visible message.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, sum(close_ms - start_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_conversations
WHERE NOT x AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
