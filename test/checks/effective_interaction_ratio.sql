-- Σ min(gap between consecutive messages, 60 s) ÷ duration, the tail uncounted; voice: speech ÷ duration. E/c.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(active_ms) AS numerator, 1000 AS numerator_per, sum(span_ms) AS denominator, 1000 AS denominator_per
FROM check_handling WHERE NOT x AND close_ms >= from_ms AND close_ms < to_ms AND span_ms > 0
GROUP BY agent_id
