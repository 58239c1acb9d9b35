-- Sum of (reply − clock) ÷ answered turns, the first included. T: the sender who closes the turn; by session start; H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT replier AS agent_id, sum(reply_time_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_turns
WHERE NOT h AND answered AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
