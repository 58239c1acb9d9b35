SELECT
  credited AS k0,
  toString(sumIf(toInt64(replied), NOT outside_hours)) AS num_0,
  toString(sumIf(toInt64(1), NOT outside_hours)) AS den_0,
  toString(countIf(NOT outside_hours)) AS n_0
FROM (
  SELECT *, first_agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(first_agent_id) AS first_agent_id, toString(owner_agent_id) AS owner_agent_id, started_at, closed_at, replied, invited, rated_at,
    first_reply_ms, outside_hours
  FROM session_facts FINAL
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
