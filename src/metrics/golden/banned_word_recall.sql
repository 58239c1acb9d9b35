SELECT
  toString(sumIf(toInt64(found), 1)) AS num_0,
  toString(sumIf(toInt64(marked), 1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, at AS observed_at
  FROM (
  SELECT labelled_at AS at, toInt64((label = 'confirmed') * 1000000) AS found, toInt64(1 * 1000000) AS marked
  FROM hit_labels FINAL
  WHERE by_words AND label IN ('confirmed', 'missed')
  UNION ALL
  SELECT addMilliseconds(toDateTime64(day_after, 3, {tz:String}), -1) AS at, if(item = 'banned_words_detected', toInt64(value * 1000000), 0) AS found, if(item = 'banned_words_labelled', toInt64(value * 1000000), 0) AS marked
  FROM (
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
    WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')
  ) AS assessed
  WHERE item IN ('banned_words_detected', 'banned_words_labelled') AND toDateTime64(first_day, 3, {tz:String}) >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND toDateTime64(day_after, 3, {tz:String}) <= fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND NOT (SELECT count() FROM (SELECT 1 FROM hit_labels FINAL WHERE by_words AND labelled_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND labelled_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') LIMIT 1)) = 1
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
