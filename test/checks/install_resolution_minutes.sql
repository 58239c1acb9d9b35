-- Σ(close − creation) ÷ install and debug tickets. O/c.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, sum(closed_ms - created_ms) AS numerator, 60000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets WHERE kind = 'install' AND closed_ms IS NOT NULL AND closed_ms >= from_ms AND closed_ms < to_ms
GROUP BY agent_id
