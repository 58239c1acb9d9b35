-- Σ(first department reply − request) ÷ requests; an unanswered one counts its age. P/e: by creation, of the person who answered; the owner's where nobody did.
-- Readings: a request is a ticket with a requesting team; the reply is the first event by somebody of another team, or the first close.
-- A close before any such event, and none at all, is the owner's.
WITH
  toUnixTimestamp64Milli({from:DateTime64(3, 'UTC')}) AS from_ms,
  toUnixTimestamp64Milli({to:DateTime64(3, 'UTC')}) AS to_ms
SELECT if(length(acts) > 0 AND (closed_ms IS NULL OR acts[1].1 <= closed_ms), acts[1].2, owner) AS agent_id, sum(greatest(toInt64(0), ifNull(arrayMin(answers), least(to_ms, toUnixTimestamp64Milli({now:DateTime64(3, 'UTC')}))) - created_ms)) AS numerator, 3600000 AS numerator_per,
  count() AS denominator, 1 AS denominator_per
FROM (
  SELECT t.owner AS owner, t.created_ms AS created_ms, t.first_closed_ms AS closed_ms, a.acts AS acts, arrayConcat(if(t.first_closed_ms IS NULL, [], [assumeNotNull(t.first_closed_ms)]), arrayMap(x -> x.1, a.acts)) AS found,
    if(length(found) > 0, found, [NULL]) AS answers
  FROM check_tickets AS t
  LEFT JOIN (
    SELECT ticket_id, arraySort(groupArray(tuple(at_ms, actor))) AS acts
    FROM (
      SELECT e.subject_id AS ticket_id, toUnixTimestamp64Milli(e.at) AS at_ms, k.requesting_team AS asking, k.created_ms AS created_ms, toString(e.agent_id) AS actor,
        argMax(g.team, g.valid) AS team
      FROM check_events AS e
      INNER JOIN check_tickets AS k ON k.ticket_id = e.subject_id
      INNER JOIN (
        SELECT agent_id, toString(team) AS team, row_number() OVER (PARTITION BY agent_id ORDER BY ifNull(valid_from, toDate32('1900-01-01'))) AS n,
          if(n = 1, toDate32('1900-01-01'), assumeNotNull(valid_from)) AS valid
        FROM check_agents
      ) AS g ON g.agent_id = e.agent_id
      WHERE e.subject_kind = 'ticket' AND e.agent_id != '' AND g.valid <= toDate32(e.at, 'Asia/Shanghai')
      GROUP BY e.subject_id, e.at, e.type, e.agent_id, e.event_id, e.content_hash, k.requesting_team, k.created_ms
    )
    WHERE team != asking AND at_ms >= created_ms
    GROUP BY ticket_id
  ) AS a ON a.ticket_id = t.ticket_id
  WHERE t.requesting_team != '' AND t.created_ms >= from_ms AND t.created_ms < to_ms
)
GROUP BY agent_id
