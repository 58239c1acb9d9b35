SELECT
  credited AS k0,
  toString(sumIf(toInt64(moved_out), replies > 0 OR moved_out = 1)) AS num_0,
  toString(sumIf(toInt64(replies > 0), replies > 0 OR moved_out = 1)) AS den_0,
  toString(countIf(replies > 0 OR moved_out = 1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT started_at, agent_id, replies, moved_out
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_replies AS replies, slice_moved_out AS moved_out
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
