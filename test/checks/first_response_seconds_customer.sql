-- clock=customer: from the question to the first human reply, hand-off and assignment ignored. F/s/H+U.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT replier AS agent_id, sum(reply_ms - turn_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_turns
WHERE number = 1 AND answered AND NOT h AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
