-- Over agent-days: distinct customers replied to × 8 ÷ online hours, by the local day of the reply. Without attendance no data.
-- Readings: online is actual_start to actual_end, put on the local day of actual_start; a day with replies but without
-- attendance counts on neither side; a day with attendance and no reply counts its hours; sessions in X bring no load.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(customers) * 8 AS numerator, 1 AS numerator_per, sum(online_ms) AS denominator, 3600000 AS denominator_per
FROM (
  SELECT a.agent_id AS agent_id, a.day AS day, a.online_ms AS online_ms, r.customers AS customers
  FROM (
    SELECT agent_id, toDate32(toDateTime64(start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, sum(end_ms - start_ms) AS online_ms
    FROM (
      SELECT toString(agent_id) AS agent_id, toUnixTimestamp64Milli(assumeNotNull(actual_start)) AS start_ms, toUnixTimestamp64Milli(assumeNotNull(actual_end)) AS end_ms
      FROM check_attendance_rows WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL
    )
    GROUP BY agent_id, day
  ) AS a
  LEFT JOIN (
    SELECT toString(k.sender_id) AS agent_id, toDate32(toDateTime64(k.at_ms / 1000, 3, 'UTC'), 'Asia/Shanghai') AS day, uniqExact(c.customer_id) AS customers
    FROM check_talk AS k INNER JOIN check_conversations AS c ON c.session_id = k.session_id
    WHERE k.replies AND NOT c.x
    GROUP BY agent_id, day
  ) AS r ON r.agent_id = a.agent_id AND r.day = a.day
)
WHERE day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND day < toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai')
GROUP BY agent_id
HAVING sum(online_ms) > 0
