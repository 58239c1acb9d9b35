-- Sessions whose answer agrees with the adopted entry for the issue ÷ sessions checked. P, by the assessed period.
-- Until Heng compares answers with entries itself, both are counted by whoever checked: two items of assessments.
WITH
  toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AS first,
  toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AS after
SELECT agent_id, sum(if(item = 'solution_sessions_matched', value, 0)) AS numerator, 1 AS numerator_per,
  sum(if(item = 'solution_sessions_checked', value, 0)) AS denominator, 1 AS denominator_per
FROM check_assessed
WHERE item IN ('solution_sessions_matched', 'solution_sessions_checked') AND first_day >= first AND end_day <= after
GROUP BY agent_id
