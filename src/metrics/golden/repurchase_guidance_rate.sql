SELECT
  credited AS k0,
  toString(sumIf(toInt64(bought), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, addMilliseconds(started_at, 2592000000) AS observed_at
  FROM (
  SELECT started_at, last_chat_agent_id AS agent_id, order_id != '' AS bought
  FROM sales_contacts FINAL
  WHERE guidance AND previous_paid_at IS NOT NULL AND NOT amid_order
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
