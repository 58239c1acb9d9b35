SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(reply_ms), turns > 0 AND NOT outside_shop)) AS num_0,
  toString(sumIf(toInt64(turns), turns > 0 AND NOT outside_shop)) AS den_0,
  toString(countIf(turns > 0 AND NOT outside_shop)) AS n_0
FROM (
  SELECT *, agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT outside_hours AS outside_shop, started_at, agent_id, turns, reply_ms
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_turns AS turns, slice_reply_ms AS reply_ms
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
