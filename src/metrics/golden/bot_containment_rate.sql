SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(bot_only AND NOT (next_contact_at IS NOT NULL AND next_contact_at <= addHours(closed_at, 24))), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, addHours(closed_at, 24) AS observed_at
  FROM (
  SELECT owner_agent_id, closed_at, bot_only, next_contact_at
  FROM session_outcomes FINAL
  WHERE bot_session
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
