-- Bot sessions without a human and no human contact within 24 h ÷ bot sessions. G/w: close + 24 h falls in the period.
-- Readings: a bot session is one in which a bot spoke (or that a bot began), neither test nor silent nor in an outage, of a known customer;
-- a human contact is any contact outside X in (close, close + 24 h].
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT '' AS agent_id, countIf(alone AND session_id NOT IN (
    SELECT b.session_id FROM check_conversations AS b INNER JOIN check_contacts AS k ON k.customer_id = b.customer_id
    WHERE k.at_ms > b.close_ms AND k.at_ms <= b.close_ms + 86400000
  )) AS numerator, 1 AS numerator_per, count() AS denominator, 1 AS denominator_per
FROM (
  SELECT p.session_id AS session_id, c.close_ms AS close_ms, p.agent_lines = 0 AND NOT p.routed AS alone,
    arrayExists(o -> (o.1 = '' OR o.1 = p.shop) AND o.2 <= modulo(p.start_ms + 28800000, 86400000) AND modulo(p.start_ms + 28800000, 86400000) < o.3, h.outages) AS out
  FROM check_session_parts AS p
  INNER JOIN check_conversations AS c ON c.session_id = p.session_id
  INNER JOIN check_sessions AS s ON s.session_id = p.session_id
  LEFT JOIN (SELECT date, groupArrayIf(tuple(toString(shop), from_ms, to_ms), type = 'outage') AS outages FROM check_calendar GROUP BY date) AS h
    ON h.date = toDate32(toDateTime64(p.start_ms / 1000, 3, 'UTC'), 'Asia/Shanghai')
  WHERE (p.bot_lines > 0 OR s.initiated_by = 'bot') AND NOT p.test AND (p.customer_lines > 0 OR p.talk_ms > 0) AND p.customer_id != ''
)
WHERE NOT out AND close_ms + 86400000 >= from_ms AND close_ms + 86400000 < to_ms
