-- Attended ÷ scheduled shifts, by the scheduled start. P/e. Attended: actual_start is known.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT toString(agent_id) AS agent_id, countIf(actual_start IS NOT NULL) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_attendance_rows
WHERE scheduled_start >= {from:DateTime64(3, 'UTC')} AND scheduled_start < {to:DateTime64(3, 'UTC')}
GROUP BY agent_id
