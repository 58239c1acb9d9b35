-- Paid minus refunded ÷ paying buyers (once a day), by whom the order placed credits: last chat within two days.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(net_fen) AS numerator, 100 AS numerator_per, countIf(first) AS denominator, 1 AS denominator_per
FROM (
  SELECT c.agent_id AS agent_id, c.net_fen AS net_fen, c.paid_ms AS paid_ms, tuple(c.paid_ms, c.order_id) = d.first_of_day AS first
  FROM check_credits AS c
  INNER JOIN (
    SELECT customer_id, toDate32(toDateTime64(paid_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, min(tuple(paid_ms, order_id)) AS first_of_day
    FROM check_credits WHERE NOT taken_back GROUP BY customer_id, day
  ) AS d ON d.customer_id = c.customer_id AND d.day = toDate32(toDateTime64(c.paid_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')
  WHERE c.rule = 'order' AND c.credit = 'lastChat' AND c.days = 2 AND NOT c.taken_back AND c.agent_id != ''
)
WHERE paid_ms >= from_ms AND paid_ms < to_ms
GROUP BY agent_id
