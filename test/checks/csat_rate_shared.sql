-- Ratings of 4 or 5 ÷ valid ratings, each rating of a session one of everybody who replied in it.
-- Reading: where nobody replied, and of a ticket, it stays the owner's.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT who AS agent_id, countIf(stars >= 4) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT v.stars AS stars, toString(arrayJoin(if(length(p.repliers) > 0, p.repliers, [toString(v.agent_id)]))) AS who
  FROM check_verdicts AS v
  LEFT JOIN check_session_parts AS p ON concat('session/', p.session_id) = v.subject
  WHERE v.first_ms >= from_ms AND v.first_ms < to_ms
)
GROUP BY agent_id
