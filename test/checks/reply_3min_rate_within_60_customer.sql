-- within=60:clock=customer: turns answered 60,000 ms after the question at the latest ÷ all turns. T/s/H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT if(answered, replier, owner) AS agent_id,
  countIf(answered AND reply_ms - turn_ms <= 60000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_turns
WHERE NOT h AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
