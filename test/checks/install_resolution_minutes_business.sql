-- clock=business: of every installation's time the part inside service hours: each local day's spans (of the shop of the session the ticket is
-- about, else the general ones, else 09:00–23:00) cut by the span from creation to the last close. O/c.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, sum(inside_ms) AS numerator, 60000 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT ticket_id, any(owner) AS owner, sum(arraySum(arrayMap(i -> greatest(0, least(i.3 + midnight_ms, closed_ms) - greatest(i.2 + midnight_ms, created_ms)), spans))) AS inside_ms
  FROM (
    SELECT t.ticket_id AS ticket_id, owner, created_ms, closed_ms, day_number * 86400000 - 28800000 AS midnight_ms,
      arrayFilter(i -> i.1 = shop AND shop != '', ho.hours) AS own,
      arrayFilter(i -> i.1 = '', ho.hours) AS general,
      multiIf(length(own) > 0, own, length(general) > 0, general, [('', toInt64(32400000), toInt64(82800000))]) AS spans
    FROM (
      SELECT ticket_id, session_id, owner, created_ms, assumeNotNull(closed_ms) AS closed_ms,
        arrayJoin(range(toUInt64(intDiv(created_ms + 28800000, 86400000)), toUInt64(intDiv(greatest(closed_ms, created_ms) + 28800000, 86400000)) + 1)) AS day_number
      FROM check_tickets
      WHERE kind = 'install' AND closed_ms IS NOT NULL AND closed_ms >= from_ms AND closed_ms < to_ms
    ) AS t
    LEFT JOIN (SELECT session_id, toString(shop) AS shop FROM check_sessions) AS s ON s.session_id = t.session_id
    LEFT JOIN (
      SELECT date, groupArrayIf(tuple(toString(shop), toInt64(from_ms), toInt64(to_ms)), type = 'hours') AS hours FROM check_calendar GROUP BY date
    ) AS ho ON toInt64(toInt32(ho.date)) = toInt64(day_number)
  )
  GROUP BY ticket_id
)
GROUP BY agent_id
