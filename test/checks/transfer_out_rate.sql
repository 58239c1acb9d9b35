-- Sessions the agent transferred or escalated out ÷ sessions the agent handled. E/s.
-- Readings: X is excluded as everywhere; out is an event transferred or escalated by the agent (agent_id), or transferred_from;
-- a session passed on without having been answered counts above, not below.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT d.agent_id AS agent_id, n.sessions AS numerator, 1 AS numerator_per, d.sessions AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, count() AS sessions FROM check_handled WHERE start_ms >= from_ms AND start_ms < to_ms GROUP BY agent_id
) AS d
LEFT JOIN (
  SELECT agent_id, count() AS sessions
  FROM (
    SELECT session_id, arrayJoin(arrayDistinct(arrayConcat(outs, [toString(transferred_from)]))) AS agent_id
    FROM check_conversations WHERE NOT x AND start_ms >= from_ms AND start_ms < to_ms
  )
  WHERE agent_id != '' GROUP BY agent_id
) AS n ON n.agent_id = d.agent_id
