-- Tickets open for more than 48 h (since creation) at the snapshot min(period end, now). O.
-- Readings: a ticket is open in [creation, close) and [reopening, last close), so what happens at the very instant of the
-- snapshot has happened. The owner is O as known, also for a ticket closed since. The denominator is not defined: the open tickets.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, least(to_ms, toUnixTimestamp64Milli({now:DateTime64(3, 'UTC')})) AS snapshot_ms
SELECT owner AS agent_id, countIf(snapshot_ms - created_ms > 172800000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE created_ms <= snapshot_ms
  AND (closed_ms IS NULL OR closed_ms > snapshot_ms)
  AND NOT (first_closed_ms IS NOT NULL AND first_closed_ms <= snapshot_ms AND NOT arrayExists(r -> r <= snapshot_ms AND r >= first_closed_ms, reopenings))
GROUP BY agent_id
