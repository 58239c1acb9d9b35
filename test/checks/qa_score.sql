-- Mean of the assessed professionalism, each score by its weight in a sample: the column sample_weight, 1 where it is empty or no number above 0.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(value * weight) AS numerator, 1 AS numerator_per, sum(weight) AS denominator, 1 AS denominator_per
FROM (SELECT *, if(match(attributes['sample_weight'], '^[0-9]+(\\.[0-9]{1,3})?$') AND toFloat64(attributes['sample_weight']) > 0, toDecimal64(attributes['sample_weight'], 3), toDecimal64(1, 3)) AS weight FROM check_assessed)
WHERE item = 'professionalism' AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
GROUP BY agent_id
