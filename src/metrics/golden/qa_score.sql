SELECT
  credited AS k0,
  toString(sumIf(toInt64(toInt64(value * 1000000)), item = 'professionalism' AND begins >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ends <= fromUnixTimestamp64Milli({to:Int64}, 'UTC'))) AS num_0,
  toString(sumIf(toInt64(1), item = 'professionalism' AND begins >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ends <= fromUnixTimestamp64Milli({to:Int64}, 'UTC'))) AS den_0,
  toString(countIf(item = 'professionalism' AND begins >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ends <= fromUnixTimestamp64Milli({to:Int64}, 'UTC'))) AS n_0
FROM (
  SELECT *, agent_id AS credited, addMilliseconds(ends, -1) AS observed_at
  FROM (
  SELECT 'assessment' AS kind, concat(agent_id, ' ', period, ' ', item, ' ', by) AS id, '' AS customer, '' AS shop, '' AS channel, '' AS queue, '' AS priority,
    toString(agent_id) AS agent_id, toString(item) AS item, value, toDateTime64(multiIf(
  match(period, '^\\d{4}-Q[1-4]$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 1)) * 3 - 2, 1),
  match(period, '^\\d{4}-\\d{2}$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 2)), 1),
  match(period, '^\\d{4}$'), makeDate32(toUInt16(left(period, 4)), 1, 1),
  toDate32OrZero(left(period, 10))), 3, {tz:String}) AS begins, toDateTime64(multiIf(
  match(period, '^\\d{4}-Q[1-4]$'), addMonths(multiIf(
  match(period, '^\\d{4}-Q[1-4]$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 1)) * 3 - 2, 1),
  match(period, '^\\d{4}-\\d{2}$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 2)), 1),
  match(period, '^\\d{4}$'), makeDate32(toUInt16(left(period, 4)), 1, 1),
  toDate32OrZero(left(period, 10))), 3),
  match(period, '^\\d{4}-\\d{2}$'), addMonths(multiIf(
  match(period, '^\\d{4}-Q[1-4]$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 1)) * 3 - 2, 1),
  match(period, '^\\d{4}-\\d{2}$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 2)), 1),
  match(period, '^\\d{4}$'), makeDate32(toUInt16(left(period, 4)), 1, 1),
  toDate32OrZero(left(period, 10))), 1),
  match(period, '^\\d{4}$'), addMonths(multiIf(
  match(period, '^\\d{4}-Q[1-4]$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 1)) * 3 - 2, 1),
  match(period, '^\\d{4}-\\d{2}$'), makeDate32(toUInt16(left(period, 4)), toUInt8(right(period, 2)), 1),
  match(period, '^\\d{4}$'), makeDate32(toUInt16(left(period, 4)), 1, 1),
  toDate32OrZero(left(period, 10))), 12),
  toDate32OrZero(right(period, 10)) + 1), 3, {tz:String}) AS ends
  FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
