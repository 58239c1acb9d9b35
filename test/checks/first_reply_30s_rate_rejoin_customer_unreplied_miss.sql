-- unreplied=miss:within=600:clock=customer:returns=rejoin: visits answered within 600,000 ms of the first question ÷ visits with a question. F/s/H.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT agent_id, countIf(replied AND customer_time_ms <= 600000) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_visits
WHERE NOT h AND asked AND start_ms >= from_ms AND start_ms < to_ms
GROUP BY agent_id
