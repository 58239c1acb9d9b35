SELECT
  credited AS k0,
  toString(sumIf(toInt64(complaint), 1)) AS num_0,
  toString(sumIf(toInt64(handled), 1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, at AS observed_at
  FROM (
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(agent) AS agent_id, started_at AS at, 0 AS complaint, 1 AS handled
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent, slice_replies AS replies
  WHERE replies > 0 AND NOT (bot_only OR test OR no_customer_message OR outage)
  UNION ALL
  SELECT 'incident' AS kind, if(incident_id = '', concat(agent_id, ' ', toString(at)), incident_id) AS id, '' AS customer, '' AS shop, '' AS channel, '' AS queue, '' AS priority,
    toString(agent_id) AS agent_id, at, 1 AS complaint, 0 AS handled
  FROM (
    SELECT * FROM incidents
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))
  )
  WHERE item = 'complaint' AND status = 'confirmed'
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
