-- Inquiry conversion of agents hired at most 90 days before.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT if(c.agent_id != '', c.agent_id, k.asked_agent) AS agent_id, countIf(c.agent_id != '') AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_asked_and_bought AS k
LEFT JOIN (SELECT order_id, agent_id FROM check_credits WHERE rule = 'order' AND credit = 'lastChat' AND days = 2) AS c ON c.order_id = k.followed
WHERE k.guided = 0 AND k.first_ms >= from_ms AND k.first_ms < to_ms AND k.first_ms - k.before_ms > 1296000000
  AND dateDiff('day', (SELECT mapFromArrays(groupArray(agent_id), groupArray(hired)) FROM (SELECT agent_id, max(hired_on) AS hired FROM check_agents WHERE hired_on IS NOT NULL GROUP BY agent_id))[if(c.agent_id != '', c.agent_id, k.asked_agent)], k.day) BETWEEN 0 AND 90
GROUP BY agent_id
