-- Replied, closed sessions with at least one invitation ÷ the same. O/s/X. An invitation is invited_at, an event or a visible message.
-- Reading: every session has a close (ended_at, else its last message), so `closed` removes none.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, countIf(invited) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_conversations
WHERE NOT x AND replied AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
