SELECT
  credited AS k0,
  toString(sumIf(toInt64(offline_handled), offline_handled IS NOT NULL)) AS num_0,
  toString(countIf(offline_handled IS NOT NULL)) AS den_0,
  toString(countIf(offline_handled IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT owner_agent_id, started_at, offline_handled
  FROM session_facts FINAL
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
