-- The same, with the orders that were cancelled, assisted and silent.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms,
  (
    SELECT tuple(count(), sum(net_fen)) FROM check_credits
    WHERE rule = 'payment' AND credit = 'lastChat' AND days = 15 AND paid_ms >= from_ms AND paid_ms < to_ms
      AND order_id NOT IN (SELECT order_id FROM check_spoken_for WHERE days = 15)
  ) AS silent
SELECT agent_id, sum(net_fen * silent.1 - silent.2) AS numerator, 100 AS numerator_per, sum(silent.2) AS denominator, 100 AS denominator_per
FROM check_credits
WHERE rule = 'order' AND credit = 'lastChat' AND days = 2 AND paid_ms >= from_ms AND paid_ms < to_ms AND chatted
GROUP BY agent_id
