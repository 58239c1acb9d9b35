-- Alerted and intervened, no rating ≤ 2 in 72 h ÷ alerted and intervened. P/w: alert + 72 h falls in the period.
-- Reading: the rating is one of the session the alert is about.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT named AS agent_id, countIf((session_id, at_ms) NOT IN (
    SELECT a.session_id, a.at_ms FROM check_alerts AS a INNER JOIN check_ratings_all AS r ON r.session_id = a.session_id
    WHERE a.session_id != '' AND r.valid AND r.score <= 2 AND toUnixTimestamp64Milli(r.at) > a.at_ms AND toUnixTimestamp64Milli(r.at) <= a.at_ms + 259200000
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_alerts
WHERE session_id != '' AND acted_ms IS NOT NULL AND at_ms + 259200000 >= from_ms AND at_ms + 259200000 < to_ms
GROUP BY agent_id
