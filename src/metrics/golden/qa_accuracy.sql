SELECT
  credited AS k0,
  toString(sumIf(toInt64(off <= 5), is_calibrated AND within_period)) AS num_0,
  toString(countIf(is_calibrated AND within_period)) AS den_0,
  toString(countIf(is_calibrated AND within_period)) AS n_0
FROM (
  SELECT *, rater AS credited, addMilliseconds(ends, -1) AS observed_at
  FROM (
  SELECT toDateTime64(day_after, 3, {tz:String}) AS ends, toDateTime64(first_day, 3, {tz:String}) >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND toDateTime64(day_after, 3, {tz:String}) <= fromUnixTimestamp64Milli({to:Int64}, 'UTC') AS within_period, if(by GLOBAL IN (SELECT agent_id FROM agent_history), by, '') AS rater, agreed.calibrated = 1 AS is_calibrated, abs(value - agreed_value) AS off
  FROM (
    SELECT *, count() OVER record AS given, max(value) OVER record - min(value) OVER record AS spread
    FROM (
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
    WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')
  ) AS assessed
    WHERE ((item IN ('professionalism', 'qa') AND attributes['inspection'] = '') OR startsWith(item, 'qa:'))
    WINDOW record AS (PARTITION BY agent_id, period, item)
  ) AS scored
  LEFT JOIN (
    SELECT agent_id AS of_agent, period AS of_period, substring(item, 12) AS of_item, any(value) AS agreed_value, 1 AS calibrated
    FROM (
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM (SELECT * FROM assessments ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by)
    WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')
  ) AS assessed
    WHERE startsWith(item, 'calibrated:')
    GROUP BY of_agent, of_period, of_item
  ) AS agreed ON scored.agent_id = agreed.of_agent AND scored.period = agreed.of_period AND scored.item = agreed.of_item
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
