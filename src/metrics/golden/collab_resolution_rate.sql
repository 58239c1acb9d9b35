SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(closed_at <= sla_due_at), requesting_team != '' AND closed_at IS NOT NULL AND sla_due_at IS NOT NULL)) AS num_0,
  toString(countIf(requesting_team != '' AND closed_at IS NOT NULL AND sla_due_at IS NOT NULL)) AS den_0,
  toString(countIf(requesting_team != '' AND closed_at IS NOT NULL AND sla_due_at IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, coalesce(closed_at, toDateTime64('2199-01-01 00:00:00', 3, 'UTC')) AS observed_at
  FROM (
  SELECT owner_agent_id, closed_at, sla_due_at, requesting_team
  FROM ticket_facts FINAL
  WHERE NOT cancelled
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
