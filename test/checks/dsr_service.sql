-- Six-month Σ ÷ count; only a buyer's first 3 trades a month in a shop (the score is a shop's). G. Reading: the latest valid rating of a subject holds, at the first's time.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, sum(dsr) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT first_ms, dsr, row_number() OVER (PARTITION BY customer, shop, toStartOfMonth(toDate32(toDateTime64(first_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')) ORDER BY first_ms, id) AS trade
  FROM (
    SELECT id, any(customer_id) AS customer, any(shop) AS shop, min(toUnixTimestamp64Milli(at)) AS first_ms, argMax(tuple(dsr_service), tuple(at, rating_id, content_hash)).1 AS dsr
    FROM (
      SELECT r.session_id AS id, c.customer_id AS customer_id, p.shop AS shop, r.at AS at, r.dsr_service AS dsr_service, r.rating_id AS rating_id, r.content_hash AS content_hash
      FROM check_ratings_all AS r INNER JOIN check_conversations AS c ON c.session_id = r.session_id
      INNER JOIN check_sessions AS p ON p.session_id = r.session_id WHERE r.session_id != '' AND r.valid AND NOT c.x
      UNION ALL
      SELECT r.ticket_id, t.customer_id, p.shop, r.at, r.dsr_service, r.rating_id, r.content_hash
      FROM check_ratings_all AS r INNER JOIN check_tickets AS t ON t.ticket_id = r.ticket_id
      LEFT JOIN check_sessions AS p ON p.session_id = t.session_id WHERE r.session_id = '' AND r.valid
    )
    GROUP BY id
  )
  WHERE dsr IS NOT NULL
)
WHERE trade <= 3 AND first_ms < to_ms AND toDateTime64(first_ms / 1000, 3, 'UTC') >= addMonths(toDateTime64({to:DateTime64(3, 'UTC')}, 3, 'Asia/Shanghai'), -6)
HAVING count() > 0
