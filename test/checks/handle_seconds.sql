-- (active + hold + after-call) ÷ handled. E/c/X. Active in chat: gaps between consecutive messages, each at most 60 s.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(handle_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_handling WHERE NOT x AND close_ms >= from_ms AND close_ms < to_ms
GROUP BY agent_id
