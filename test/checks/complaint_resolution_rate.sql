-- Closed within SLA without repeat in 30 d ÷ closed complaints. O/w: close + 720 h falls in the period.
-- Readings: a repeat is a complaint of the same customer in (close, close + 720 h]; every closed complaint is in the denominator, and
-- where no limit was set none was missed.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT owner AS agent_id, countIf((sla_due_ms IS NULL OR closed_ms <= sla_due_ms) AND ticket_id NOT IN (
    SELECT a.ticket_id FROM check_tickets AS a INNER JOIN check_tickets AS b ON b.customer_id = a.customer_id
    WHERE b.kind = 'complaint' AND a.closed_ms IS NOT NULL AND b.created_ms > a.closed_ms AND b.created_ms <= a.closed_ms + 2592000000
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE kind = 'complaint' AND closed_ms IS NOT NULL AND closed_ms + 2592000000 >= from_ms AND closed_ms + 2592000000 < to_ms
GROUP BY agent_id
