-- Created in the period and closed at the cut-off, the period's end ÷ created. O/a.
-- Reading: closed at an instant if the last of all closings and reopenings not after it is a closing, so closed at the very cut-off is
-- closed, and a ticket that is reopened after the cut-off was closed at it, however often it had been reopened before.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id,
  countIf(arrayExists(c -> c <= to_ms AND NOT arrayExists(r -> r > c AND r <= to_ms, reopenings), closings)) AS numerator,
  1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE created_ms >= from_ms AND created_ms < to_ms
GROUP BY agent_id
