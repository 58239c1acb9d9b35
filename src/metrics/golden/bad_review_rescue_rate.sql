SELECT
  credited AS k0,
  toString(sumIf(toInt64(bad_after_ms = 0 OR bad_after_ms > 259200000), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, addHours(at, 72) AS observed_at
  FROM (
  SELECT agent_id, at, arrayFirst(wait -> wait > 0, arraySort(arrayMap(bad -> bad - toUnixTimestamp64Milli(at), bad_ms))) AS bad_after_ms
  FROM (
    SELECT *, parseDateTime64BestEffortOrNull(attributes['acted_at'], 3, {tz:String}) AS acted_at
    FROM (SELECT * FROM incidents ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', '')))
    WHERE (item = 'alert' OR startsWith(item, 'alert:')) AND status != 'overturned'
  ) AS raised
  GLOBAL LEFT JOIN (
    SELECT session_id AS about, groupArray(toUnixTimestamp64Milli(rated)) AS bad_ms
    FROM (
      SELECT session_id, at AS rated, score, valid FROM ratings
      WHERE session_id GLOBAL IN (SELECT session_id FROM incidents WHERE session_id != '' AND (item = 'alert' OR startsWith(item, 'alert:')))
      ORDER BY import_id DESC, line DESC, content_hash DESC
      LIMIT 1 BY if(rating_id = '', (session_id, ticket_id, toString(at)), ('', '', rating_id))
    )
    WHERE valid AND score <= 2
    GROUP BY session_id
  ) AS bad ON raised.session_id = bad.about
  WHERE session_id != '' AND acted_at IS NOT NULL
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
