-- stat=p90 over answered turns. T/s/H: of the observations in order the one at place ⌈90% of n⌉, its digits after the third set to 0.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, toInt64(rpad(left(toString(ranked), 3), length(toString(ranked)), '0')) AS numerator, 1000 AS numerator_per, n AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, count() AS n, arraySort(groupArray(ms))[intDiv(count() * 90 + 99, 100)] AS ranked
  FROM (SELECT replier AS agent_id, reply_time_ms AS ms FROM check_turns WHERE NOT h AND answered AND start_ms >= from_ms AND start_ms < to_ms)
  GROUP BY agent_id
)
