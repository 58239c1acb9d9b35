-- Best valid attempt, of each paper. P/e.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(best) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT agent_id, period, item, max(value) AS best FROM check_assessed WHERE (item = 'exam' OR item LIKE 'exam:%') AND attributes['valid'] != 'false' AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai') GROUP BY agent_id, period, item)
GROUP BY agent_id
