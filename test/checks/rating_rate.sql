-- Invited sessions with a valid rating ÷ invited sessions. O/s. Readings: X as everywhere; an uninvited rating is outside.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id,
  countIf(session_id IN (SELECT session_id FROM check_ratings_all WHERE valid AND session_id != '')) AS numerator,
  1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_conversations
WHERE NOT x AND invited AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
