SELECT
  credited AS k0,
  toString(sumIf(toInt64(toInt64(value * 1000000) * sample_weight), item = 'professionalism' AND within_period)) AS num_0,
  toString(sumIf(toInt64(sample_weight), item = 'professionalism' AND within_period)) AS den_0,
  toString(countIf(item = 'professionalism' AND within_period)) AS n_0
FROM (
  SELECT *, agent_id AS credited, addMilliseconds(ends, -1) AS observed_at
  FROM (
  SELECT agent_id, item, value, multiIf(toDecimal64OrZero(attributes['sample_weight'], 3) <= 0, 1000, toInt64(least(toDecimal64OrZero(attributes['sample_weight'], 3), 1000000) * 1000)) AS sample_weight, toDateTime64(day_after, 3, {tz:String}) AS ends, toDateTime64(first_day, 3, {tz:String}) >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND toDateTime64(day_after, 3, {tz:String}) <= fromUnixTimestamp64Milli({to:Int64}, 'UTC') AS within_period
  FROM (
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
    WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')
  ) AS assessed
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
