-- Staff who shared ≥ 1 ÷ staff. G. Reading: unknown where nothing about sharing was assessed in the period.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(employee IN (SELECT a.agent_id FROM check_assessed AS a WHERE item = 'experience_shared' AND value > 0 AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai'))) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT agent_id AS employee FROM (
    SELECT agent_id, argMax(tuple(hired_on), valid).1 AS hired, argMax(tuple(left_on), valid).1 AS gone
    FROM (SELECT *, ifNull(valid_from, toDate32('1900-01-01')) AS valid FROM check_agents)
    GROUP BY agent_id
  ) WHERE (hired IS NULL OR hired < toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')) AND (gone IS NULL OR gone >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai')))
WHERE (SELECT count() FROM check_assessed WHERE item = 'experience_shared' AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')) > 0
