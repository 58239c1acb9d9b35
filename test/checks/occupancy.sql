-- Handling ÷ (handling + available). P/e, by local day.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, sum(handling_ms) AS numerator, 60000 AS numerator_per, sum(handling_ms + available_ms) AS denominator, 60000 AS denominator_per
FROM check_day_states WHERE day * 86400000 - 28800000 >= from_ms AND day * 86400000 - 28800000 < to_ms AND handling_ms + available_ms > 0
GROUP BY agent_id
