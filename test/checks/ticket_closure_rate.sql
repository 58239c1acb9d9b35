-- Created in the period and closed at the cut-off, the period's end ÷ created. O/a.
-- Reading: open in [creation, close) and [reopening, last close), so closed at the very cut-off is closed; a
-- ticket that is reopened after the cut-off was closed at it.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id,
  countIf((closed_ms IS NOT NULL AND closed_ms <= to_ms)
    OR (first_closed_ms IS NOT NULL AND first_closed_ms <= to_ms AND NOT arrayExists(r -> r <= to_ms AND r >= first_closed_ms, reopenings))) AS numerator,
  1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE created_ms >= from_ms AND created_ms < to_ms
GROUP BY agent_id
