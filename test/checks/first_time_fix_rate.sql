-- Repairs with no repair of the same unit in (0, 720 h] after close ÷ closed repairs. Technician, else O; close + 720 h in the period.
-- Readings: the same unit is the same serial where both are known, else the same customer and product; close is the last close;
-- a return counts from its creation.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, 2592000000 AS window_ms
SELECT if(technician_id != '', technician_id, owner) AS agent_id, countIf(ticket_id NOT IN (
    SELECT t.ticket_id
    FROM (SELECT * FROM check_tickets WHERE kind = 'repair' AND closed_ms IS NOT NULL) AS t
    CROSS JOIN (SELECT * FROM check_tickets WHERE kind = 'repair') AS r
    WHERE r.created_ms > t.closed_ms AND r.created_ms <= t.closed_ms + 2592000000 AND r.ticket_id != t.ticket_id
      AND if(t.serial != '' AND r.serial != '', t.serial = r.serial, t.customer_id = r.customer_id AND t.product = r.product)
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE kind = 'repair' AND closed_ms IS NOT NULL AND closed_ms + window_ms >= from_ms AND closed_ms + window_ms < to_ms
GROUP BY agent_id
