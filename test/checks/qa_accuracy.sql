-- Within ±5 of the calibrated score ÷ calibrated. Credited to the rater.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT s.by AS agent_id, countIf(s.value - k.value <= 5 AND k.value - s.value <= 5) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT * FROM check_assessed WHERE (item = 'professionalism' OR item = 'qa' OR item LIKE 'qa:%') AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')) AS s
INNER JOIN (SELECT agent_id, period, replaceOne(item, 'calibrated:', '') AS record, value FROM check_assessed WHERE item LIKE 'calibrated:%') AS k
  ON k.agent_id = s.agent_id AND k.period = s.period AND k.record = s.item
WHERE s.by IN (SELECT agent_id FROM check_agents)
GROUP BY agent_id
