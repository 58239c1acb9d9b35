-- Tickets open for more than 48 h (since creation) at the snapshot min(period end, now). O.
-- Readings: a ticket is closed at an instant if the last of all closings and reopenings not after it is a closing, so what happens at
-- the very instant of the snapshot has happened. The owner is O as known, also for a ticket closed since. The denominator is not defined: the open tickets.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, least(to_ms, toUnixTimestamp64Milli({now:DateTime64(3, 'UTC')})) AS snapshot_ms
SELECT owner AS agent_id, countIf(snapshot_ms - created_ms > 172800000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE created_ms <= snapshot_ms
  AND NOT arrayExists(c -> c <= snapshot_ms AND NOT arrayExists(r -> r > c AND r <= snapshot_ms, reopenings), closings)
GROUP BY agent_id
