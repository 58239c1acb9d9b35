SELECT
  credited AS k0,
  toString(sumIf(toInt64(score), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, at AS observed_at
  FROM (
  SELECT owner_agent_id, assumeNotNull(rated_at) AS at, assumeNotNull(rating_score) AS score
  FROM session_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT (bot_only OR test OR no_customer_message OR outage)
  UNION ALL
  SELECT owner_agent_id, assumeNotNull(rated_at) AS at, assumeNotNull(rating_score) AS score
  FROM ticket_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
