SELECT
  credited AS k0,
  toString(sumIf(toInt64(toUnixTimestamp64Milli(fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC')) - toUnixTimestamp64Milli(created_at) > 172800000 AND NOT (arrayCount(t -> t <= fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC'), switched_at) % 2 = 1)), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, created_at AS observed_at
  FROM (
  SELECT owner_agent_id, created_at, switched_at
  FROM ticket_facts FINAL
  WHERE NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at < fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
