SELECT
  credited AS k0,
  toString(sumIf(toInt64(complaint), replies > 0 OR complaint = 1)) AS num_0,
  toString(sumIf(toInt64(replies > 0), replies > 0 OR complaint = 1)) AS den_0,
  toString(countIf(replies > 0 OR complaint = 1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT started_at, 0 AS complaint, agent_id, replies
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_replies AS replies
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  UNION ALL
  SELECT at AS started_at, 1 AS complaint, agent_id, 0 AS replies
  FROM (SELECT * FROM incidents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', '')))
  WHERE item = 'complaint' AND status = 'confirmed'
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
