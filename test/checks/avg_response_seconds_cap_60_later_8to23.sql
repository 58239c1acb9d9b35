-- cap=60:first=omit:hours=8to23: no turn counts more than 60 s, the first of a session not at all; sessions that start from 08:00 to 23:00. T/s/X.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT replier AS agent_id, sum(if(reply_time_ms > 60000, 60000, reply_time_ms)) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_turns
WHERE NOT x AND answered AND number >= 2 AND start_ms >= from_ms AND start_ms < to_ms
  AND modulo(start_ms + 28800000, 86400000) >= 28800000 AND modulo(start_ms + 28800000, 86400000) < 82800000
GROUP BY agent_id
