-- At least 3 raters of each perspective (item), trimmed mean from 5, self excluded. Readings: a perspective with fewer gives nothing at all;
-- what the others gave together is trimmed of one highest and one lowest.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(total) AS numerator, 1 AS numerator_per, sum(kept) AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, period, if(count() >= 5, sum(value) - max(value) - min(value), sum(value)) AS total, toInt64(count()) - if(count() >= 5, 2, 0) AS kept
  FROM check_assessed AS a
  INNER JOIN (
    SELECT agent_id, period, item FROM check_assessed WHERE (item = 'peer_360' OR item LIKE 'peer_360:%') AND by != agent_id
    GROUP BY agent_id, period, item HAVING count(DISTINCT by) > 2
  ) AS heard ON heard.agent_id = a.agent_id AND heard.period = a.period AND heard.item = a.item
  WHERE (item = 'peer_360' OR item LIKE 'peer_360:%') AND by != agent_id AND first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
  GROUP BY agent_id, period
)
GROUP BY agent_id
