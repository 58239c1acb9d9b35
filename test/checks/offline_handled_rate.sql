-- Offline sessions answered before the next service day ends ÷ offline sessions. O/s/X.
-- Readings: the next service day is the first that begins after the session; its hours are the shop's, else the general ones, else 09:00–23:00,
-- from the first opening to the last closing.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, countIf(replied AND first_ms < end_ms) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT c.owner AS owner, c.replied AS replied, t.reply_ms AS first_ms, n.end_ms AS end_ms, c.start_ms AS start_ms
  FROM check_conversations AS c
  INNER JOIN (SELECT session_id FROM check_sessions WHERE offline = true) AS o ON o.session_id = c.session_id
  LEFT JOIN (SELECT session_id, reply_ms FROM check_turns WHERE number = 1) AS t ON t.session_id = c.session_id
  LEFT JOIN (
    SELECT session_id, min(tuple(open_ms, close_ms)).2 AS end_ms
    FROM (
      SELECT p.session_id AS session_id, p.start_ms AS start_ms,
        arrayJoin(arrayMap(k -> intDiv(p.start_ms + 28800000, 86400000) + k, range(20))) AS day,
        h.hours AS hours,
        multiIf(length(arrayFilter(i -> i.1 = p.shop AND p.shop != '', hours)) > 0, arrayFilter(i -> i.1 = p.shop, hours),
          length(arrayFilter(i -> i.1 = '', hours)) > 0, arrayFilter(i -> i.1 = '', hours), [('', toUInt32(32400000), toUInt32(82800000))]) AS spans,
        day * 86400000 - 28800000 + arrayMin(spans.2) AS open_ms, day * 86400000 - 28800000 + arrayMax(spans.3) AS close_ms
      FROM (SELECT session_id, shop, start_ms, arrayJoin(range(20)) AS k, toDate32(intDiv(start_ms + 28800000, 86400000) + k) AS local_day FROM check_session_parts) AS p
      LEFT JOIN (SELECT date, groupArray(tuple(toString(shop), toUInt32(from_ms), toUInt32(to_ms))) AS hours FROM check_calendar WHERE type = 'hours' GROUP BY date) AS h ON h.date = p.local_day
      WHERE day = toInt32(p.local_day)
    )
    WHERE close_ms > open_ms AND open_ms > start_ms
    GROUP BY session_id
  ) AS n ON n.session_id = c.session_id
  WHERE NOT c.x
)
WHERE start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
