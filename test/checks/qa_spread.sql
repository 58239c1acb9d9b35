-- Max − min on one record with ≥ 2 raters, credited to its raters. Reading: a record is an agent, a period and an item; a rater is credited where they are an agent.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT s.by AS agent_id, sum(r.spread) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT * FROM check_assessed WHERE (item = 'professionalism' OR item = 'qa' OR item LIKE 'qa:%') AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')) AS s
INNER JOIN (SELECT agent_id, period, item, max(value) - min(value) AS spread FROM check_assessed WHERE item = 'professionalism' OR item = 'qa' OR item LIKE 'qa:%' GROUP BY agent_id, period, item HAVING count() >= 2) AS r
  ON r.agent_id = s.agent_id AND r.period = s.period AND r.item = s.item
WHERE s.by IN (SELECT agent_id FROM check_agents)
GROUP BY agent_id
