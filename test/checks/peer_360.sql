-- At least 3 raters (that is the sample's rule), trimmed mean from 5, self excluded. Reading: trimmed of one highest and one lowest.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(total) AS numerator, 1 AS numerator_per, sum(kept) AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, period, if(count() >= 5, sum(value) - max(value) - min(value), sum(value)) AS total, toInt64(count()) - if(count() >= 5, 2, 0) AS kept
  FROM check_assessed WHERE (item = 'peer_360' OR item LIKE 'peer_360:%') AND by != agent_id AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
  GROUP BY agent_id, period
)
GROUP BY agent_id
