SELECT
  credited AS k0,
  toString(sumIf(toInt64(contacts <= 1 AND NOT reopened AND NOT escalated AND NOT (next_contact_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(next_contact_at)) - toUnixTimestamp64Milli(assumeNotNull(first_closed_at)) <= 7 * 86400000)), first_closed_at IS NOT NULL)) AS num_0,
  toString(countIf(first_closed_at IS NOT NULL)) AS den_0,
  toString(countIf(first_closed_at IS NOT NULL)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, if(first_closed_at IS NULL, toDateTime64('2199-01-01 00:00:00', 3, 'UTC'), addMilliseconds(assumeNotNull(first_closed_at), 7 * 86400000)) AS observed_at
  FROM (
  SELECT owner_agent_id, first_closed_at, contacts, reopened, escalated, next_contact_at
  FROM ticket_facts FINAL
  WHERE NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
