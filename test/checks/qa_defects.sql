-- Confirmed items of S3's taxonomy. P/e. Reading: of one kind in one conversation only the gravest record counts, the earliest of equals.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT toString(agent_id) AS agent_id, count() AS numerator, 1 AS numerator_per, 1 AS denominator, 1 AS denominator_per
FROM check_incidents_once WHERE item IN ('platform_rules', 'product', 'order_process', 'aftersales_policy', 'language', 'listening', 'emotion', 'objection', 'analysis', 'solution', 'cross_department', 'customer_first', 'warmth', 'responsibility', 'response_time', 'resolution_time') AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
GROUP BY agent_id
