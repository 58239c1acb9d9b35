SELECT
  credited AS k0,
  toString(sumIf(toInt64(kb_used), replied AND replies > 0 AND (SELECT count() FROM (SELECT 1 FROM events WHERE type = 'kb_used' LIMIT 1)) = 1)) AS num_0,
  toString(countIf(replied AND replies > 0 AND (SELECT count() FROM (SELECT 1 FROM events WHERE type = 'kb_used' LIMIT 1)) = 1)) AS den_0,
  toString(countIf(replied AND replies > 0 AND (SELECT count() FROM (SELECT 1 FROM events WHERE type = 'kb_used' LIMIT 1)) = 1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT started_at, replied, agent_id, replies, kb_used
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_replies AS replies, slice_kb_used AS kb_used
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
