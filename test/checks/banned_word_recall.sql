-- Found ÷ marked, of the rules that look for listed words; of the model.
-- Reading: where anybody marked a listed word in the period that holds, else the assessments.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, sum(a) AS numerator, 1 AS numerator_per, sum(b) AS denominator, 1 AS denominator_per
FROM (
  SELECT toFloat64(label = 'confirmed') AS a, toFloat64(1) AS b FROM check_labels
  WHERE label IN ('confirmed', 'missed') AND at_ms >= from_ms AND at_ms < to_ms
  UNION ALL
  SELECT toFloat64(value * (item = 'banned_words_detected')), toFloat64(value * (item = 'banned_words_labelled')) FROM check_assessed
  WHERE first_day >= toDate32({from:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND end_day <= toDate32({to:DateTime64(3, 'UTC')}, 'Asia/Shanghai') AND item IN ('banned_words_detected', 'banned_words_labelled')
    AND (SELECT count() FROM check_labels WHERE at_ms >= from_ms AND at_ms < to_ms) = 0
)
