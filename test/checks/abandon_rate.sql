-- Abandoned in the queue ÷ queued. G/s.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(outcome = 'abandoned') AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_queue WHERE start_ms >= from_ms AND start_ms < to_ms
