SELECT
  credited AS k0,
  toString(sumIf(toInt64(personal), replies > 0)) AS num_0,
  toString(sumIf(toInt64(replies), replies > 0)) AS den_0,
  toString(countIf(replies > 0)) AS n_0
FROM (
  SELECT *, agent_id AS credited, at AS observed_at
  FROM (
  SELECT started_at AS at, slice_replies_one AS replies, toInt64(slice_personal_one) * 100000000 AS personal, agent_id
  FROM inspected_sessions FINAL
  ARRAY JOIN slice_agent_id AS agent_id, slice_replies AS slice_replies_one, slice_personal AS slice_personal_one
  WHERE counted
  UNION ALL
  SELECT addMilliseconds(toDateTime64(day_after, 3, {tz:String}), -1) AS at, toUInt32(item = 'personalisation') AS replies, if(item = 'personalisation', toInt64(value * 1000000), 0) AS personal, agent_id
  FROM (
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
    WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')
  ) AS assessed
  WHERE item IN ('sentiment', 'personalisation', 'negative_words', 'customer_words') AND toDateTime64(first_day, 3, {tz:String}) >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND toDateTime64(day_after, 3, {tz:String}) <= fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND NOT (SELECT count() FROM (SELECT 1 FROM inspected_sessions FINAL WHERE counted AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') LIMIT 1)) = 1
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
