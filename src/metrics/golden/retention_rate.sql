SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(leaves IS NULL OR leaves >= toDate32(addHours(at, 2160), {tz:String})), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, addHours(at, 2160) AS observed_at
  FROM (
  SELECT agent_id, at, leaves
  FROM (SELECT * FROM incidents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))) AS plans
  GLOBAL LEFT JOIN (SELECT agent_id AS member, argMax(tuple(left_on), valid_from).1 AS leaves FROM agent_history GROUP BY agent_id) AS history
    ON plans.agent_id = history.member
  WHERE item = 'improvement_plan' AND status = 'confirmed'
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
