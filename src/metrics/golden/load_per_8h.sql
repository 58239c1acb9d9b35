SELECT
  credited AS k0,
  toString(sumIf(toInt64(customers), 1)) AS num_0,
  toString(sumIf(toInt64(online_ms), 1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, at AS observed_at
  FROM (
  SELECT agent_id, customers, online_ms, toDateTime64(day, 3, {tz:String}) AS at
  FROM (
  SELECT agent_id, day, sum(greatest(0, least(ends_ms, day_to_ms) - greatest(begins_ms, day_from_ms))) AS online_ms
  FROM (
    SELECT agent_id, toUnixTimestamp64Milli(assumeNotNull(actual_start)) AS begins_ms, toUnixTimestamp64Milli(assumeNotNull(actual_end)) AS ends_ms,
      arrayJoin(arrayMap(d -> toDate32(assumeNotNull(actual_start), {tz:String}) + toIntervalDay(d),
        range(toUInt32(greatest(0, dateDiff('day', assumeNotNull(actual_start), assumeNotNull(actual_end), {tz:String}))) + 1))) AS day,
      toUnixTimestamp64Milli(toDateTime64(day, 3, {tz:String})) AS day_from_ms,
      toUnixTimestamp64Milli(toDateTime64(day + 1, 3, {tz:String})) AS day_to_ms
    FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
    WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL AND actual_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND actual_end > fromUnixTimestamp64Milli({from:Int64}, 'UTC')
  )
  GROUP BY agent_id, day
  HAVING online_ms > 0) AS present
  LEFT JOIN (
    SELECT agent_day, sum(customers_here) AS customers FROM (
      SELECT cityHash64(agent, day) AS agent_day, arrayUniq(groupArray(customer_hash)) AS customers_here
      FROM session_facts FINAL
      ARRAY JOIN load_agent_id AS agent, load_day AS day
      WHERE started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND closed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND NOT (bot_only OR test OR no_customer_message OR outage)
      GROUP BY agent_day
    ) GROUP BY agent_day
  ) AS loads ON cityHash64(present.agent_id, present.day) = loads.agent_day
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
