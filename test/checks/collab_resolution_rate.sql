-- Cross-team tickets closed within SLA ÷ cross-team tickets. G/c. Reading: a ticket without a limit is not judged.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(closed_ms <= sla_due_ms) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets WHERE requesting_team != '' AND sla_due_ms IS NOT NULL AND closed_ms IS NOT NULL AND closed_ms >= from_ms AND closed_ms < to_ms
