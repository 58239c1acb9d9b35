SELECT
  credited AS k0,
  toString(sumIf(toInt64(repeated = 1 AND since_last_ms <= 30 * 86400000), created = 1 OR (repeated = 1 AND since_last_ms <= 30 * 86400000))) AS num_0,
  toString(sumIf(toInt64(created), created = 1 OR (repeated = 1 AND since_last_ms <= 30 * 86400000))) AS den_0,
  toString(countIf(created = 1 OR (repeated = 1 AND since_last_ms <= 30 * 86400000))) AS n_0
FROM (
  SELECT *, agent_id AS credited, created_at AS observed_at
  FROM (
  SELECT created_at, credit.1 AS agent_id, credit.2 AS repeated, credit.3 AS created, toUnixTimestamp64Milli(created_at) - toUnixTimestamp64Milli(ifNull(previous_complaint_at, created_at)) AS since_last_ms
  FROM ticket_facts FINAL
  ARRAY JOIN [
    (toString(owner_agent_id), 0, 1),
    (toString(previous_complaint_owner_id), toUInt8(ticket_facts.kind = 'complaint' AND previous_complaint_at IS NOT NULL), 0)
  ] AS credit
  WHERE NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
