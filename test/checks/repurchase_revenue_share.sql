-- Revenue from customers who had an order that stood before ÷ all revenue; of the whole company.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, sumIf(c.net_fen, p.earlier != 0) AS numerator, 100 AS numerator_per, sum(c.net_fen) AS denominator, 100 AS denominator_per
FROM (SELECT DISTINCT order_id, net_fen, paid_ms FROM check_credits WHERE NOT taken_back) AS c
LEFT JOIN (
  SELECT a.order_id AS order_id, countIf(tuple(b.paid_ms, b.order_id) < tuple(a.paid_ms, a.order_id)) AS earlier
  FROM (SELECT DISTINCT order_id, customer_id, paid_ms FROM check_credits WHERE NOT taken_back) AS a
  INNER JOIN (SELECT DISTINCT order_id, customer_id, paid_ms FROM check_credits WHERE NOT taken_back) AS b ON b.customer_id = a.customer_id
  GROUP BY order_id
) AS p ON p.order_id = c.order_id
WHERE c.paid_ms >= from_ms AND c.paid_ms < to_ms
