SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(outcome = 'abandoned'), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT owner_agent_id, started_at, queue_outcome AS outcome
  FROM session_facts FINAL
  WHERE queue_outcome != '' AND NOT (test OR outage)
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
