-- Only customers who had never paid before. Customers who asked and were answered (once a day, none that paid in the 15 days before): those who paid by the end of the next day ÷ all.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT if(c.agent_id != '', c.agent_id, k.asked_agent) AS agent_id, countIf(c.agent_id != '') AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_asked_and_bought AS k
LEFT JOIN (SELECT order_id, agent_id FROM check_credits WHERE rule = 'order' AND credit = 'lastChat' AND days = 2) AS c ON c.order_id = k.followed
WHERE k.guided = 0 AND k.first_ms >= from_ms AND k.first_ms < to_ms AND k.before_ms <= 0
GROUP BY agent_id
