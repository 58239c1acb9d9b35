-- Answered ≤ 20 s ÷ (answered + abandoned − abandoned within 20 s). G/s.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(outcome = 'answered' AND wait_ms <= 20000) AS numerator, 1 AS numerator_per,
  toInt64(countIf(outcome = 'answered')) + toInt64(countIf(outcome = 'abandoned')) - toInt64(countIf(outcome = 'abandoned' AND wait_ms <= 20000)) AS denominator, 1 AS denominator_per
FROM check_queue WHERE start_ms >= from_ms AND start_ms < to_ms
