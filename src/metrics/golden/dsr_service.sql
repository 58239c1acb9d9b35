SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(score), trade <= 3)) AS num_0,
  toString(countIf(trade <= 3)) AS den_0,
  toString(countIf(trade <= 3)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, at AS observed_at
  FROM (
  SELECT owner_agent_id, score, trade, rated AS at
  FROM (
    SELECT *,
      row_number() OVER (PARTITION BY if(customer_id = '', subject_id, customer_id), customer_id = '', shop, toStartOfMonth(toTimeZone(rated, {tz:String})) ORDER BY rated, subject_id) AS trade
    FROM (
      SELECT 'session' AS subject, session_id AS subject_id, customer_id, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue,
        toString(owner_agent_id) AS owner_agent_id, assumeNotNull(rated_at) AS rated, assumeNotNull(rating_dsr) AS score
      FROM session_facts FINAL WHERE rating_dsr IS NOT NULL AND NOT (bot_only OR test OR no_customer_message OR outage)
      UNION ALL
      SELECT 'ticket', ticket_id, customer_id, toString(shop), toString(channel), toString(queue),
        toString(owner_agent_id), assumeNotNull(rated_at), assumeNotNull(rating_dsr)
      FROM ticket_facts FINAL WHERE rating_dsr IS NOT NULL AND NOT cancelled
    )
  ) AS scored
  WHERE rated >= toDateTime64(addMonths(toDate32(fromUnixTimestamp64Milli({to:Int64}, 'UTC'), {tz:String}), -6), 3, {tz:String})
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at < fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC')
GROUP BY k0
ORDER BY k0
