-- Sessions with no transfer or escalation and no contact by the same customer on the same issue in (close, close + 48 h]
-- ÷ replied sessions. O/w/X: close + 48 h falls in the period. Issues are equal when both are known, else any.
-- Reading: a session with transferred_from was transferred.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, 172800000 AS window_ms
SELECT owner AS agent_id, countIf(NOT passed_on AND session_id NOT IN (
    SELECT c.session_id
    FROM check_conversations AS c INNER JOIN check_contacts AS k ON k.customer_id = c.customer_id
    WHERE k.at_ms > c.close_ms AND k.at_ms <= c.close_ms + 172800000
      AND k.id != concat('session/', c.session_id)
      AND (k.issue = '' OR c.issue = '' OR k.issue = c.issue)
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_conversations
WHERE NOT x AND replied AND close_ms + window_ms >= from_ms AND close_ms + window_ms < to_ms
GROUP BY agent_id
