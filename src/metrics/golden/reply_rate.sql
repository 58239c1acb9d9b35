SELECT
  credited AS k0,
  toString(sumIf(toInt64(replied), asked AND NOT outside_shop)) AS num_0,
  toString(countIf(asked AND NOT outside_shop)) AS den_0,
  toString(countIf(asked AND NOT outside_shop)) AS n_0
FROM (
  SELECT *, first_agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT outside_hours AS outside_shop, first_agent_id, started_at, replied, replied OR open_turn_started_at IS NOT NULL AS asked
  FROM session_facts FINAL
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
