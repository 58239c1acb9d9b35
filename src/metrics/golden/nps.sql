SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(toInt64(assumeNotNull(nps) >= 9) - toInt64(assumeNotNull(nps) <= 6)), nps IS NOT NULL)) AS num_0,
  toString(countIf(nps IS NOT NULL)) AS den_0,
  toString(countIf(nps IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, at AS observed_at
  FROM (
  SELECT owner_agent_id, assumeNotNull(rated_at) AS at, rating_nps AS nps
  FROM session_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT (bot_only OR test OR no_customer_message OR outage)
  UNION ALL
  SELECT owner_agent_id, assumeNotNull(rated_at) AS at, rating_nps AS nps
  FROM ticket_facts FINAL
  WHERE rated_at IS NOT NULL AND NOT cancelled
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
