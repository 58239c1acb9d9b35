-- Minutes worked, whenever, ÷ scheduled minutes.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT w.agent_id AS agent_id, sum(s.available_ms + s.handling_ms) AS numerator, 60000 AS numerator_per, sum(w.total_ms) AS denominator, 60000 AS denominator_per
FROM check_worked AS w LEFT JOIN check_day_states AS s ON s.agent_id = w.agent_id AND s.day = w.day
WHERE w.what = 'scheduled' AND w.day * 86400000 - 28800000 >= from_ms AND w.day * 86400000 - 28800000 < to_ms AND (s.agent_id != '' OR w.absent)
GROUP BY agent_id
