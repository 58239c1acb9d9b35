-- Complaints with an earlier complaint of the same customer, 0 < Δ ≤ 168 h (creation to creation), credited to the owner of the
-- latest earlier one ÷ all tickets created, by their owner. A numerator without denominator is no data.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT d.agent_id AS agent_id, n.repeats AS numerator, 1 AS numerator_per, d.created AS denominator, 1 AS denominator_per
FROM (
  SELECT owner AS agent_id, count() AS created FROM check_tickets
  WHERE created_ms >= from_ms AND created_ms < to_ms GROUP BY agent_id
) AS d
LEFT JOIN (
  SELECT earlier_owner AS agent_id, count() AS repeats
  FROM (
    SELECT l.ticket_id AS ticket_id, argMax(e.owner, tuple(e.created_ms, e.ticket_id)) AS earlier_owner
    FROM (SELECT * FROM check_tickets WHERE kind = 'complaint' AND created_ms >= from_ms AND created_ms < to_ms) AS l
    INNER JOIN (SELECT * FROM check_tickets WHERE kind = 'complaint') AS e ON e.customer_id = l.customer_id
    WHERE l.created_ms - e.created_ms > 0 AND l.created_ms - e.created_ms <= 604800000
    GROUP BY ticket_id
  )
  GROUP BY agent_id
) AS n ON n.agent_id = d.agent_id
