-- Negative tokens ÷ all customer tokens, from assessments until they have a source of their own.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id AS agent_id, sumIf(value, item = 'negative_words') AS numerator, 1 AS numerator_per, sumIf(value, item = 'customer_words') AS denominator, 1 AS denominator_per
FROM check_assessed WHERE first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
GROUP BY agent_id
