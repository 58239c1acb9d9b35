-- Checked ÷ eligible. G/s. Readings: eligible are replied sessions outside X; checked are those with a score qa:SESSION, with or without #inspection:N or #calibration:N behind it; unknown where there is no such score at all.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(concat('qa:', session_id) IN (SELECT replaceRegexpOne(toString(item), '#(inspection|calibration):\\d+$', '') FROM check_assessments)) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_conversations
WHERE NOT x AND replied AND start_ms >= from_ms AND start_ms < to_ms AND (SELECT count() FROM check_assessments WHERE item LIKE 'qa:%') > 0
