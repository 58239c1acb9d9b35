SELECT
  credited AS k0,
  toString(sumIf(toInt64(adherent_ms), scheduled_ms > 0 AND (seen OR absent_all) AND (SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy') LIMIT 1)) = 1)) AS num_0,
  toString(sumIf(toInt64(scheduled_ms), scheduled_ms > 0 AND (seen OR absent_all) AND (SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy') LIMIT 1)) = 1)) AS den_0,
  toString(countIf(scheduled_ms > 0 AND (seen OR absent_all) AND (SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy') LIMIT 1)) = 1)) AS n_0
FROM (
  SELECT *, agent_id AS credited, at AS observed_at
  FROM (
  SELECT agent_id, seen, absent_all, scheduled_ms, toDateTime64(day, 3, {tz:String}) AS at, arraySum(p -> arraySum(w -> greatest(0, least(p.2, w.2) - greatest(p.1, w.1)), working), scheduled_pieces) AS adherent_ms
  FROM (
    SELECT agent_id, day,
      countIf(what IN ('available', 'handling', 'away')) > 0 AS seen,
      minIf(absent, what = 'scheduled') = 1 AS absent_all,
      sumIf(piece_to - piece_from, what = 'available') AS available_ms,
      sumIf(piece_to - piece_from, what = 'handling') AS handling_ms,
      sumIf(piece_to - piece_from, what = 'scheduled') AS scheduled_ms,
      sumIf(piece_to - piece_from, what = 'paid') AS paid_ms,
      groupArrayIf((piece_from, piece_to), what IN ('available', 'handling')) AS working,
      groupArrayIf((piece_from, piece_to), what = 'scheduled') AS scheduled_pieces,
      groupArrayIf((piece_from, piece_to), what = 'paid') AS paid_pieces
    FROM (
      SELECT agent_id, what, absent, greatest(begins_ms, day_from_ms, {from:Int64}) AS piece_from, least(ends_ms, day_to_ms, {to:Int64}) AS piece_to, day
      FROM (
        SELECT *,
          arrayJoin(arrayMap(d -> toDate32(fromUnixTimestamp64Milli(begins_ms), {tz:String}) + toIntervalDay(d),
            range(toUInt32(greatest(0, dateDiff('day', fromUnixTimestamp64Milli(begins_ms), fromUnixTimestamp64Milli(ends_ms), {tz:String}))) + 1))) AS day,
          toUnixTimestamp64Milli(toDateTime64(day, 3, {tz:String})) AS day_from_ms,
          toUnixTimestamp64Milli(toDateTime64(day + 1, 3, {tz:String})) AS day_to_ms
        FROM (
          SELECT agent_id, what, 0 AS absent, at_ms AS begins_ms, least(next_ms, at_ms + 86400000, {now:Int64}) AS ends_ms
          FROM (
            SELECT subject_id AS agent_id, toUnixTimestamp64Milli(at) AS at_ms,
              multiIf(type = 'online', 'available', type = 'offline', 'off', value IN ('', 'handling', '接待'), 'handling', 'away') AS what,
              leadInFrame(toUnixTimestamp64Milli(at), 1, toUnixTimestamp64Milli(at) + 86400000) OVER (PARTITION BY subject_id ORDER BY at, type, event_id, content_hash ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_ms
            FROM (
              SELECT * FROM events WHERE subject_kind = 'agent'
              ORDER BY import_id DESC, line DESC, content_hash DESC
              LIMIT 1 BY if(event_id = '', (subject_id, toString(at), toString(type), toString(agent_id), toString(to_agent_id)), (event_id, '', '', '', ''))
            )
            WHERE type IN ('online', 'offline', 'busy')
          )
          WHERE what != 'off')
        WHERE ends_ms > begins_ms AND ends_ms > {from:Int64} AND begins_ms < {to:Int64}
      )
      WHERE piece_to > piece_from
      UNION ALL
      SELECT agent_id, what, absent, greatest(begins_ms, day_from_ms, {from:Int64}) AS piece_from, least(ends_ms, day_to_ms, {to:Int64}) AS piece_to, day
      FROM (
        SELECT *,
          arrayJoin(arrayMap(d -> toDate32(fromUnixTimestamp64Milli(begins_ms), {tz:String}) + toIntervalDay(d),
            range(toUInt32(greatest(0, dateDiff('day', fromUnixTimestamp64Milli(begins_ms), fromUnixTimestamp64Milli(ends_ms), {tz:String}))) + 1))) AS day,
          toUnixTimestamp64Milli(toDateTime64(day, 3, {tz:String})) AS day_from_ms,
          toUnixTimestamp64Milli(toDateTime64(day + 1, 3, {tz:String})) AS day_to_ms
        FROM (
          SELECT toString(agent_id) AS agent_id, 'scheduled' AS what, toUInt8(actual_start IS NULL) AS absent,
            toUnixTimestamp64Milli(scheduled_start) AS begins_ms, least(toUnixTimestamp64Milli(scheduled_end), {now:Int64}) AS ends_ms
          FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
          WHERE actual_start IS NOT NULL OR toUnixTimestamp64Milli(scheduled_end) <= {now:Int64})
        WHERE ends_ms > begins_ms AND ends_ms > {from:Int64} AND begins_ms < {to:Int64}
      )
      WHERE piece_to > piece_from
      UNION ALL
      SELECT agent_id, what, absent, greatest(begins_ms, day_from_ms, {from:Int64}) AS piece_from, least(ends_ms, day_to_ms, {to:Int64}) AS piece_to, day
      FROM (
        SELECT *,
          arrayJoin(arrayMap(d -> toDate32(fromUnixTimestamp64Milli(begins_ms), {tz:String}) + toIntervalDay(d),
            range(toUInt32(greatest(0, dateDiff('day', fromUnixTimestamp64Milli(begins_ms), fromUnixTimestamp64Milli(ends_ms), {tz:String}))) + 1))) AS day,
          toUnixTimestamp64Milli(toDateTime64(day, 3, {tz:String})) AS day_from_ms,
          toUnixTimestamp64Milli(toDateTime64(day + 1, 3, {tz:String})) AS day_to_ms
        FROM (
          SELECT toString(agent_id) AS agent_id, 'paid' AS what, 0 AS absent,
            toUnixTimestamp64Milli(assumeNotNull(actual_start)) AS begins_ms, toUnixTimestamp64Milli(assumeNotNull(actual_end)) AS ends_ms
          FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
          WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL)
        WHERE ends_ms > begins_ms AND ends_ms > {from:Int64} AND begins_ms < {to:Int64}
      )
      WHERE piece_to > piece_from
    )
    GROUP BY agent_id, day
  ) AS present
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
