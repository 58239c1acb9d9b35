-- clock=business: of every reply time the part inside service hours: each local day's spans (the shop's, else the general, else 09:00–23:00)
-- cut by the span from the clock's start to the reply. T/s/H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT replier AS agent_id, sum(inside_ms) AS numerator, 1000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT session_id, turn, any(replier) AS replier, sum(arraySum(arrayMap(i -> greatest(0, least(i.3 + midnight_ms, reply_ms) - greatest(i.2 + midnight_ms, clock_ms)), spans))) AS inside_ms
  FROM (
    SELECT t.session_id AS session_id, turn, replier, reply_ms, clock_ms, day_number * 86400000 - 28800000 AS midnight_ms,
      arrayFilter(i -> i.1 = shop AND shop != '', ho.hours) AS own,
      arrayFilter(i -> i.1 = '', ho.hours) AS general,
      multiIf(length(own) > 0, own, length(general) > 0, general, [('', toInt64(32400000), toInt64(82800000))]) AS spans
    FROM (
      SELECT session_id, turn, replier, reply_ms, reply_ms - reply_time_ms AS clock_ms,
        arrayJoin(range(toUInt64(intDiv(clock_ms + 28800000, 86400000)), toUInt64(intDiv(reply_ms + 28800000, 86400000)) + 1)) AS day_number
      FROM check_turns
      WHERE NOT h AND answered AND start_ms >= from_ms AND start_ms < to_ms
    ) AS t
    INNER JOIN (SELECT session_id, toString(shop) AS shop FROM check_session_parts) AS p ON p.session_id = t.session_id
    LEFT JOIN (
      SELECT date, groupArrayIf(tuple(toString(shop), toInt64(from_ms), toInt64(to_ms)), type = 'hours') AS hours FROM check_calendar GROUP BY date
    ) AS ho ON toInt64(toInt32(ho.date)) = toInt64(day_number)
  )
  GROUP BY session_id, turn
)
GROUP BY agent_id
