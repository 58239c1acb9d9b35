SELECT
  credited AS k0,
  toString(sumIf(toInt64(within_3min), turns + open_turns > 0 AND NOT outside_hours)) AS num_0,
  toString(sumIf(toInt64(turns + open_turns), turns + open_turns > 0 AND NOT outside_hours)) AS den_0,
  toString(countIf(turns + open_turns > 0 AND NOT outside_hours)) AS n_0
FROM (
  SELECT *, agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT 'session' AS kind, session_id AS id, customer_id AS customer, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue, '' AS priority,
    toString(agent) AS agent_id, started_at, replies, turns, open_turns, reply_ms, within_3min, moved_out,
    outside_hours
  FROM session_facts FINAL
  ARRAY JOIN slice_agent_id AS agent, slice_replies AS replies, slice_turns AS turns, slice_open_turns AS open_turns,
    slice_reply_ms AS reply_ms, slice_turns_within_3min AS within_3min, slice_moved_out AS moved_out
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
