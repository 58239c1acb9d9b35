-- Alerts a human acted on ≤ 2 h ÷ alerts. O/e.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, countIf(ifNull(acted_ms >= at_ms AND acted_ms - at_ms <= 7200000, false)) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_alerts WHERE at_ms >= from_ms AND at_ms < to_ms
GROUP BY agent_id
