SELECT
  credited AS k0,
  toString(sumIf(toInt64(NOT moved AND NOT (next_contact_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(next_contact_at)) - toUnixTimestamp64Milli(assumeNotNull(closed_at)) <= 72 * 3600000)), replied)) AS num_0,
  toString(countIf(replied)) AS den_0,
  toString(countIf(replied)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, addMilliseconds(assumeNotNull(closed_at), 72 * 3600000) AS observed_at
  FROM (
  SELECT owner_agent_id, closed_at, replied, moved, next_contact_at
  FROM session_outcomes FINAL
  WHERE NOT excluded
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
