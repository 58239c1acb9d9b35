SELECT
  credited AS k0,
  toString(sumIf(toInt64(net_fen * (SELECT orders FROM (
  SELECT least(count(), 1000000) AS orders, if(count() = 0, 0, intDiv(sum(amount_fen - refunded_fen) * orders, count())) AS fen
  FROM (SELECT *, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 604800000) AS clawed_back_7, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 1296000000) AS clawed_back_15, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 2592000000) AS clawed_back_30, false AS clawed_back_none FROM order_facts FINAL)
  WHERE paid_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND paid_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND NOT brushed AND empty(round_at) AND NOT clawed_back_15)) - (SELECT fen FROM (
  SELECT least(count(), 1000000) AS orders, if(count() = 0, 0, intDiv(sum(amount_fen - refunded_fen) * orders, count())) AS fen
  FROM (SELECT *, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 604800000) AS clawed_back_7, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 1296000000) AS clawed_back_15, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 2592000000) AS clawed_back_30, false AS clawed_back_none FROM order_facts FINAL)
  WHERE paid_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND paid_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND NOT brushed AND empty(round_at) AND NOT clawed_back_15))), NOT clawed_back_15 AND verdict_order_lastChat_2.3 IN ('lastChat', 'mostRounds'))) AS num_0,
  toString(sumIf(toInt64((SELECT fen FROM (
  SELECT least(count(), 1000000) AS orders, if(count() = 0, 0, intDiv(sum(amount_fen - refunded_fen) * orders, count())) AS fen
  FROM (SELECT *, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 604800000) AS clawed_back_7, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 1296000000) AS clawed_back_15, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 2592000000) AS clawed_back_30, false AS clawed_back_none FROM order_facts FINAL)
  WHERE paid_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND paid_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND NOT brushed AND empty(round_at) AND NOT clawed_back_15))), NOT clawed_back_15 AND verdict_order_lastChat_2.3 IN ('lastChat', 'mostRounds'))) AS den_0,
  toString(countIf(NOT clawed_back_15 AND verdict_order_lastChat_2.3 IN ('lastChat', 'mostRounds'))) AS n_0
FROM (
  SELECT *, verdict_order_lastChat_2.1 AS credited, at AS observed_at
  FROM (
  SELECT assumeNotNull(paid_at) AS at, amount_fen - refunded_fen AS net_fen, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 604800000) AS clawed_back_7, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 1296000000) AS clawed_back_15, (cancelled_at IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(cancelled_at)) - toUnixTimestamp64Milli(coalesce(paid_at, created_at)) <= 2592000000) AS clawed_back_30, false AS clawed_back_none, arrayMap((placed, paid, followed) -> multiIf(
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
  FROM order_facts FINAL
  WHERE paid_at IS NOT NULL AND NOT brushed
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
