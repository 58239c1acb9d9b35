-- Paid unavailable ÷ paid time. G. Reading: paid is from clock-in to clock-out; a day without a known state is not judged.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, sum(w.total_ms - w.worked_ms) AS numerator, 60000 AS numerator_per, sum(w.total_ms) AS denominator, 60000 AS denominator_per
FROM check_worked AS w INNER JOIN check_day_states AS s ON s.agent_id = w.agent_id AND s.day = w.day
WHERE w.what = 'paid' AND w.day * 86400000 - 28800000 >= from_ms AND w.day * 86400000 - 28800000 < to_ms
