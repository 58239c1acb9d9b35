-- Standard deviation ÷ mean of the daily average response (numerator and denominator in seconds). G.
-- Readings: days by the session's start; population deviation, each day alike.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, stddevPopStable(daily) AS numerator, 1000 AS numerator_per, avg(daily) AS denominator, 1000 AS denominator_per
FROM (
  SELECT sum(reply_time_ms) / count() AS daily FROM check_turns
  WHERE answered AND NOT h AND start_ms >= from_ms AND start_ms < to_ms
  GROUP BY intDiv(start_ms + 28800000, 86400000)
)
HAVING count() > 0
