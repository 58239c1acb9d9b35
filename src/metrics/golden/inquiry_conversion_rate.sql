SELECT
  credited AS k0,
  toString(sumIf(toInt64(verdict_order_lastChat_2.1 != ''), inquiry_all AND buyers_all)) AS num_0,
  toString(countIf(inquiry_all AND buyers_all)) AS den_0,
  toString(countIf(inquiry_all AND buyers_all)) AS n_0
FROM (
  SELECT *, if(verdict_order_lastChat_2.1 != '', verdict_order_lastChat_2.1, asked_lastChat) AS credited, started_at AS observed_at
  FROM (
  SELECT started_at, last_chat_agent_id AS asked_lastChat, true AS inquiry_all, true AS buyers_all, arrayMap((placed, paid, followed) -> multiIf(
    paid_at IS NULL, ('', '', 'unpaid'),
    brushed, ('', '', 'brushed'),
    placed.1 != '', (placed.1, placed.2, 'lastChat'),
    paid.1 != '', ('', '', 'afterOrder'),
    arrayExists(t -> toUnixTimestamp64Milli(t) > toUnixTimestamp64Milli(created_at) + 300000 AND toUnixTimestamp64Milli(t) < toUnixTimestamp64Milli(coalesce(paid_at, created_at)), contact_at), ('', '', 'hijack'),
    followed.3 != '', (followed.3, followed.2, 'followUp'),
    notEmpty(round_at), ('', '', 'outsideWindow'),
    arrayExists(t -> toUnixTimestamp64Milli(t) >= toUnixTimestamp64Milli(created_at), contact_at), ('', '', 'reminder'),
    ('', '', 'silent')
  ), [arrayMap(v -> (v[-1].3, v[-1].2), [arrayFilter(r -> r.1 <= toUnixTimestamp64Milli(created_at) AND r.1 >= toUnixTimestamp64Milli(created_at) - 172800000,
      arrayZip(arrayMap(t -> toUnixTimestamp64Milli(t), round_at), round_session_id, arrayMap(a -> toString(a), round_agent_id)))])[1]], [arrayMap(v -> (v[-1].3, v[-1].2), [arrayFilter(r -> r.1 <= toUnixTimestamp64Milli(coalesce(paid_at, created_at)) AND r.1 >= toUnixTimestamp64Milli(coalesce(paid_at, created_at)) - 172800000,
      arrayZip(arrayMap(t -> toUnixTimestamp64Milli(t), round_at), round_session_id, arrayMap(a -> toString(a), round_agent_id)))])[1]], [arrayFirst(c -> c.1 >= toUnixTimestamp64Milli(coalesce(paid_at, created_at)) + 60000 AND c.1 <= toUnixTimestamp64Milli(coalesce(paid_at, created_at)) + 3600000, arrayZip(arrayMap(t -> toUnixTimestamp64Milli(t), contact_at), contact_session_id, arrayMap(a -> toString(a), contact_agent_id)))])[1] AS verdict_order_lastChat_2
  FROM sales_contacts FINAL
  WHERE NOT guidance AND NOT (previous_paid_at IS NOT NULL AND toUnixTimestamp64Milli(started_at) - toUnixTimestamp64Milli(assumeNotNull(previous_paid_at)) <= 1296000000)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
