SELECT
  credited AS k0,
  toString(sumIf(toInt64(actual_start IS NOT NULL), actual_start IS NOT NULL OR scheduled_end <= fromUnixTimestamp64Milli({now:Int64}, 'UTC'))) AS num_0,
  toString(countIf(actual_start IS NOT NULL OR scheduled_end <= fromUnixTimestamp64Milli({now:Int64}, 'UTC'))) AS den_0,
  toString(countIf(actual_start IS NOT NULL OR scheduled_end <= fromUnixTimestamp64Milli({now:Int64}, 'UTC'))) AS n_0
FROM (
  SELECT *, agent_id AS credited, scheduled_start AS observed_at
  FROM (
  SELECT agent_id, scheduled_start, scheduled_end, actual_start
  FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
