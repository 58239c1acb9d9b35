-- Ratings of 4 or 5 ÷ valid ratings. O/e: of several valid ratings of one session or ticket the latest counts, in the period of the first (G10).
-- Reading: ratings of sessions in X are internal; a rating of a ticket goes to the ticket's owner.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(stars >= 4) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_verdicts
WHERE first_ms >= from_ms AND first_ms < to_ms
GROUP BY agent_id
