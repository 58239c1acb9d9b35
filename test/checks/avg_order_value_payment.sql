-- The same by payment.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(of_day) AS numerator, 100 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, customer_id, toDate32(toDateTime64(paid_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, sum(net_fen) AS of_day
  FROM check_credits
  WHERE rule = 'payment' AND credit = 'lastChat' AND days = 2 AND NOT taken_back AND agent_id != ''
    AND paid_ms >= from_ms AND paid_ms < to_ms
  GROUP BY agent_id, customer_id, day
)
GROUP BY agent_id
