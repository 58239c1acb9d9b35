-- (Ratings with 9–10 − ratings with 0–6) ÷ ratings with an answer, a rate in percent. G/e: never by agent, so agent_id is '' here (the whole).
-- Reading: the latest valid rating of a session counts, dated by the first; if it has no answer there is none.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, toInt64(countIf(nps >= 9)) - toInt64(countIf(nps <= 6)) AS numerator, 1 AS numerator_per,
  count() AS denominator, 1 AS denominator_per
FROM check_verdicts
WHERE nps IS NOT NULL AND first_ms >= from_ms AND first_ms < to_ms
HAVING count() > 0
