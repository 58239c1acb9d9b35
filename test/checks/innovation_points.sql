-- Mean of the assessed innovation.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(value) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_assessed WHERE item = 'innovation' AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
GROUP BY agent_id
