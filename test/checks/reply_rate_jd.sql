-- hours=9to23:returns=rejoin: replied visits ÷ visits with a question that begin from 09:00 to 23:00. F/s/X.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(replied) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_visits
WHERE asked AND modulo(start_ms + 28800000, 86400000) >= 32400000 AND modulo(start_ms + 28800000, 86400000) < 82800000 AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
