-- Confirmed complaints naming the agent (incidents, item complaint) ÷ sessions the agent handled. P/e.
-- Readings: handled sessions by their start, outside X; without handled sessions no data.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT d.agent_id AS agent_id, n.complaints AS numerator, 1 AS numerator_per, d.sessions AS denominator, 1 AS denominator_per
FROM (
  SELECT agent_id, count() AS sessions FROM check_handled WHERE start_ms >= from_ms AND start_ms < to_ms GROUP BY agent_id
) AS d
LEFT JOIN (
  SELECT toString(agent_id) AS agent_id, count() AS complaints FROM check_incidents
  WHERE item = 'complaint' AND status = 'confirmed' AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
  GROUP BY agent_id
) AS n ON n.agent_id = d.agent_id
