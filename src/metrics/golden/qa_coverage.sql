SELECT
  toString(member_team) AS k0,
  toString(sumIf(toInt64(checked), replied AND (SELECT count() FROM (SELECT 1 FROM assessments WHERE startsWith(item, 'qa:') LIMIT 1)) = 1)) AS num_0,
  toString(countIf(replied AND (SELECT count() FROM (SELECT 1 FROM assessments WHERE startsWith(item, 'qa:') LIMIT 1)) = 1)) AS den_0,
  toString(countIf(replied AND (SELECT count() FROM (SELECT 1 FROM assessments WHERE startsWith(item, 'qa:') LIMIT 1)) = 1)) AS n_0
FROM (
  SELECT *, owner_agent_id AS credited, started_at AS observed_at
  FROM (
  SELECT owner_agent_id, started_at, replied, session_id GLOBAL IN (SELECT replaceRegexpOne(substring(item, 4), '#(inspection|calibration):[0-9]+$', '') FROM (SELECT * FROM (SELECT * FROM assessments WHERE startsWith(item, 'qa:')) ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, period, item, by) WHERE lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')) AS checked
  FROM session_facts FINAL
  WHERE NOT (bot_only OR test OR no_customer_message OR outage)
  ) AS relation
) AS observed
GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY k0
ORDER BY k0
