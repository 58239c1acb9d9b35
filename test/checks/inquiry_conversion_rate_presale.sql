-- Only those whose first conversation of the day has a queue or issue that says pre-sale. Customers who asked and were answered (once a day, none that paid in the 15 days before): those who paid by the end of the next day ÷ all.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT if(c.agent_id != '', c.agent_id, k.asked_agent) AS agent_id, countIf(c.agent_id != '') AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_asked_and_bought AS k
LEFT JOIN (SELECT order_id, agent_id FROM check_credits WHERE rule = 'order' AND credit = 'lastChat' AND days = 2) AS c ON c.order_id = k.followed
WHERE k.guided = 0 AND k.first_ms >= from_ms AND k.first_ms < to_ms AND k.first_ms - k.before_ms > 1296000000
  AND (k.customer_id, k.first_ms) IN (
    SELECT customer_id, argMin(start_ms, tuple(start_ms, session_id)) FROM (
      SELECT b.customer_id AS customer_id, b.start_ms AS start_ms, b.session_id AS session_id, s.queue AS queue, s.issue AS issue
      FROM check_begun AS b INNER JOIN check_sessions AS s ON s.session_id = b.session_id
      INNER JOIN check_conversations AS c ON c.session_id = b.session_id
      WHERE NOT c.x AND NOT b.by_agent AND c.replied
    )
    GROUP BY customer_id, toDate32(toDateTime64(start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')
    HAVING argMin(position(queue, '售前') > 0 OR position(issue, '选购') > 0 OR position(issue, '导购') > 0, tuple(start_ms, session_id))
  )
GROUP BY agent_id
