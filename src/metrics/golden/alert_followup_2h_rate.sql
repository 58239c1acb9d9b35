SELECT
  credited AS k0,
  toString(sumIf(toInt64(acted_at IS NOT NULL AND acted_at >= at AND acted_at <= addHours(at, 2)), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, answerable AS credited, at AS observed_at
  FROM (
  SELECT at, acted_at, if(owner = '', toString(agent_id), owner) AS answerable
  FROM (
    SELECT *, parseDateTime64BestEffortOrNull(attributes['acted_at'], 3, {tz:String}) AS acted_at
    FROM (SELECT * FROM incidents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', '')))
    WHERE (item = 'alert' OR startsWith(item, 'alert:')) AND status != 'overturned'
  ) AS raised
  GLOBAL LEFT JOIN (
    SELECT session_id AS about, toString(owner_agent_id) AS owner FROM session_facts FINAL
    WHERE session_id != '' AND session_id GLOBAL IN (SELECT session_id FROM incidents WHERE item = 'alert' OR startsWith(item, 'alert:'))
  ) AS owners ON raised.session_id = owners.about
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
