-- Mean over sessions of the score of the part, hundredths of points as kept.
-- Reading: where anything was inspected in the period that holds, else the assessments.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(a) AS numerator, 1 AS numerator_per, sum(b) AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, toDecimal64(feeling, 6) / 100 AS a, toFloat64(1) AS b FROM check_inspected
  WHERE start_ms >= from_ms AND start_ms < to_ms AND feeling IS NOT NULL
  UNION ALL
  SELECT toString(agent_id), toDecimal64(value, 6), toFloat64(1) FROM check_assessed
  WHERE first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND item = 'sentiment' AND (SELECT count() FROM check_inspected WHERE start_ms >= from_ms AND start_ms < to_ms) = 0
)
GROUP BY agent_id
