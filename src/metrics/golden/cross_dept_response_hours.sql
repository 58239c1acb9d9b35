SELECT
  credited AS k0,
  toString(sumIf(toInt64(waited_ms), 1)) AS num_0,
  toString(countIf(1)) AS den_0,
  toString(countIf(1)) AS n_0
FROM (
  SELECT *, answerer_id AS credited, created_at AS observed_at
  FROM (
  SELECT created_at, if(toUnixTimestamp64Milli(answered_at) > 0 AND (first_closed_at IS NULL OR answered_at <= first_closed_at), answered_by, toString(owner_agent_id)) AS answerer_id, greatest(0, toUnixTimestamp64Milli(multiIf(toUnixTimestamp64Milli(answered_at) > 0 AND first_closed_at IS NOT NULL, least(answered_at, assumeNotNull(first_closed_at)),
      toUnixTimestamp64Milli(answered_at) > 0, answered_at, first_closed_at IS NOT NULL, assumeNotNull(first_closed_at), fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC'))) - toUnixTimestamp64Milli(created_at)) AS waited_ms
  FROM ticket_facts FINAL
  GLOBAL LEFT JOIN (
    SELECT about, min(act) AS answered_at, argMin(actor, (act, actor)) AS answered_by
    FROM (
      SELECT ticket_id AS about, requesting_team AS asking, toString(who) AS actor, act
      FROM ticket_facts FINAL
      ARRAY JOIN act_at AS act, act_agent_id AS who
      WHERE requesting_team != '' AND act >= created_at
    ) AS acts
    GLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team FROM agent_history) AS history
      ON acts.actor = history.member AND acts.act >= history.valid_from
    WHERE member_team != asking
    GROUP BY about
  ) AS answers ON ticket_facts.ticket_id = answers.about
  WHERE requesting_team != '' AND NOT cancelled
  ) AS relation
) AS observed
WHERE observed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND observed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND credited != ''
GROUP BY k0
ORDER BY k0
