SELECT
  credited AS k0,
  toString(sumIf(toInt64((sla_due_at IS NULL OR closed_at <= sla_due_at) AND NOT (next_complaint_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(next_complaint_at)) - toUnixTimestamp64Milli(assumeNotNull(closed_at)) <= 2592000000)), ticket_kind = 'complaint' AND closed_at IS NOT NULL)) AS num_0,
  toString(countIf(ticket_kind = 'complaint' AND closed_at IS NOT NULL)) AS den_0,
  toString(countIf(ticket_kind = 'complaint' AND closed_at IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, if(closed_at IS NULL, toDateTime64('2199-01-01 00:00:00', 3, 'UTC'), addMilliseconds(assumeNotNull(closed_at), 2592000000)) AS observed_at
  FROM (
  SELECT ticket_facts.kind AS ticket_kind, owner_agent_id, closed_at, sla_due_at, next_complaint_at
  FROM ticket_facts FINAL
  WHERE NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
