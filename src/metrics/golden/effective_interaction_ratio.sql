SELECT
  credited AS k0,
  toString(sumIf(toInt64(active_ms), (replies > 0 OR handle_ms > 0) AND span_ms > 0)) AS num_0,
  toString(sumIf(toInt64(span_ms), (replies > 0 OR handle_ms > 0) AND span_ms > 0)) AS den_0,
  toString(countIf((replies > 0 OR handle_ms > 0) AND span_ms > 0)) AS n_0
FROM (
  SELECT *, agent_id AS credited, closed_at AS observed_at
  FROM (
  SELECT closed_at, agent_id, replies, handle_ms, active_ms, span_ms
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_replies AS replies, slice_handle_ms AS handle_ms, slice_active_ms AS active_ms, slice_span_ms AS span_ms
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
