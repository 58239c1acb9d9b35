SELECT
  credited AS k0,
  toString(sumIf(toInt64(happened = 1 AND item IN ('platform_rules', 'product', 'order_process', 'aftersales_policy', 'language', 'listening', 'emotion', 'objection', 'analysis', 'solution', 'cross_department', 'customer_first', 'warmth', 'responsibility', 'response_time', 'resolution_time') AND ('any' = 'any' OR item = 'any')), first_of_kind)) AS num_0,
  toString(countIf(first_of_kind)) AS den_0,
  toString(countIf(first_of_kind)) AS n_0
FROM (
  SELECT *, agent_id AS credited, at AS observed_at
  FROM (
  SELECT agent_id, at, item, 1 AS happened, session_id = '' OR (SELECT max(definition) FROM facts_definitions) BETWEEN 1 AND 5 OR row_number() OVER (PARTITION BY agent_id, session_id, item ORDER BY severity != 'major', at, incident_id) = 1 AS first_of_kind
  FROM (SELECT * FROM incidents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', '')))
  WHERE status = 'confirmed'
  UNION ALL
  SELECT agent_id, addMilliseconds(fromUnixTimestamp64Milli({to:Int64}, 'UTC'), -1) AS at, '' AS item, 0 AS happened, 1 AS first_of_kind
  FROM (
    SELECT agent_id, argMax(tuple(hired_on), valid_from).1 AS hired, argMax(tuple(left_on), valid_from).1 AS leaves
    FROM agent_history
    WHERE valid_from < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY agent_id
    HAVING (hired IS NULL OR hired <= toDate32(addMilliseconds(fromUnixTimestamp64Milli({to:Int64}, 'UTC'), -1), {tz:String})) AND (leaves IS NULL OR leaves >= toDate32(fromUnixTimestamp64Milli({from:Int64}, 'UTC'), {tz:String}))
  ) AS employed
  WHERE (SELECT count() FROM (SELECT 1 FROM incidents WHERE at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') LIMIT 1)) = 1
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
