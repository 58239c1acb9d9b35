-- Earlier buyers whom an agent approached, not amid an order: those who paid within 30 days ÷ all; counted when the 30 days are over.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT asked_agent AS agent_id, countIf(followed != '') AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM check_asked_and_bought
WHERE guided = 1 AND before_ms > 0 AND NOT amid AND first_ms + 2592000000 >= from_ms AND first_ms + 2592000000 < to_ms
GROUP BY agent_id
