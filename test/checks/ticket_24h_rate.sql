-- Tickets whose last close came at most 24 h after their creation ÷ closed tickets. O/c.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, countIf(closed_ms - created_ms <= 86400000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE closed_ms IS NOT NULL AND closed_ms >= from_ms AND closed_ms < to_ms
GROUP BY agent_id
