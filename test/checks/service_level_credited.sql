-- Cisco: (answered + abandoned within the limit, here 60 s) ÷ (answered + abandoned). G/s.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(outcome != 'waiting' AND wait_ms <= 60000) AS numerator, 1 AS numerator_per, countIf(outcome != 'waiting') AS denominator, 1 AS denominator_per
FROM check_queue WHERE start_ms >= from_ms AND start_ms < to_ms
