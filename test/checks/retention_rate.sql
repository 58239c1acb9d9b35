-- Improvement cohort employed at +90 d ÷ cohort. G: + 90 d falls in the period. Reading: the cohort are confirmed incidents improvement_plan.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(gone IS NULL OR gone >= toDate32(addDays(at, 90), 'Asia/Shanghai')) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT agent_id, at FROM check_incidents WHERE item = 'improvement_plan' AND status = 'confirmed') AS i
LEFT JOIN (
  SELECT agent_id, argMax(tuple(left_on), ifNull(valid_from, toDate32('1900-01-01'))).1 AS gone FROM check_agents GROUP BY agent_id
) AS g ON g.agent_id = i.agent_id
WHERE toUnixTimestamp64Milli(at) + 7776000000 >= from_ms AND toUnixTimestamp64Milli(at) + 7776000000 < to_ms
