-- Closed tickets with one inbound contact (absent means 1), no reopen or escalation at any time, and no contact on the same issue
-- within 7 days of the first close ÷ closed tickets. O/w: first close + 7 d falls in the period.
-- Readings: a ticket that was closed once counts as closed although it was reopened since; a contact is a session or
-- another ticket outside X in (first close, first close + 7 d].
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
, 604800000 AS window_ms
SELECT owner AS agent_id, countIf(contacts <= 1 AND NOT reopened AND NOT escalated AND ticket_id NOT IN (
    SELECT t.ticket_id
    FROM check_tickets AS t INNER JOIN check_contacts AS k ON k.customer_id = t.customer_id
    WHERE k.at_ms > t.first_closed_ms AND k.at_ms <= t.first_closed_ms + 604800000
      AND k.id != concat('ticket/', t.ticket_id)
      AND (k.issue = '' OR t.issue = '' OR k.issue = t.issue)
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_tickets
WHERE first_closed_ms IS NOT NULL AND first_closed_ms + window_ms >= from_ms AND first_closed_ms + window_ms < to_ms
GROUP BY agent_id
