SELECT
  credited AS k0,
  toString(sumIf(toInt64(cycle_calendar), closed_at IS NOT NULL)) AS num_0,
  toString(countIf(closed_at IS NOT NULL)) AS den_0,
  toString(countIf(closed_at IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, coalesce(closed_at, toDateTime64('2199-01-01 00:00:00', 3, 'UTC')) AS observed_at
  FROM (
  SELECT owner_agent_id, closed_at, toUnixTimestamp64Milli(assumeNotNull(closed_at)) - toUnixTimestamp64Milli(created_at) AS cycle_calendar
  FROM ticket_facts FINAL
  WHERE NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
