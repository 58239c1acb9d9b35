-- Reopened within 7 days of the first close ÷ closed tickets. O/w: first close + 7 d falls in the period.
-- Readings: a ticket closed once counts as closed; a reopening whose time is unknown is none within 7 days.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, 604800000 AS window_ms
SELECT owner AS agent_id,
  countIf(arrayExists(r -> r >= first_closed_ms AND r <= first_closed_ms + window_ms, reopenings)) AS numerator,
  1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE first_closed_ms IS NOT NULL AND first_closed_ms + window_ms >= from_ms AND first_closed_ms + window_ms < to_ms
GROUP BY agent_id
