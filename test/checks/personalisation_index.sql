-- Personal replies in a hundred.
-- Reading: where anything was inspected in the period that holds, else the assessments.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(a) AS numerator, 1 AS numerator_per, sum(b) AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, toFloat64(personal) * 100 AS a, toFloat64(replies) AS b FROM check_inspected
  WHERE start_ms >= from_ms AND start_ms < to_ms AND replies > 0
  UNION ALL
  SELECT toString(agent_id), toFloat64(value), toFloat64(1) FROM check_assessed
  WHERE first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND item = 'personalisation' AND (SELECT count() FROM check_inspected WHERE start_ms >= from_ms AND start_ms < to_ms) = 0
)
GROUP BY agent_id
