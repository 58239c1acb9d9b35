-- The same, with the orders that were cancelled.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(refunded) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_credits
WHERE rule = 'order' AND credit = 'lastChat' AND days = 2 AND paid_ms >= from_ms AND paid_ms < to_ms
GROUP BY agent_id
