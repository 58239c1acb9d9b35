-- Sessions with knowledge use ÷ replied sessions, each agent's own part. E/s.
-- Readings: use without a name is the owner's; part in a replied session is a human reply in it.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf((session_id, agent_id) IN (
    SELECT e.subject_id, if(e.agent_id = '', c.owner, toString(e.agent_id)) FROM check_events AS e INNER JOIN check_conversations AS c ON c.session_id = e.subject_id
    WHERE e.subject_kind = 'session' AND e.type = 'kb_used'
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (SELECT session_id, arrayJoin(repliers) AS agent_id, start_ms FROM check_conversations WHERE NOT x AND replied)
WHERE start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
