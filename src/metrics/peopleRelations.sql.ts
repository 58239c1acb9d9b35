import {
  assessmentsWithDays,
  aTicket,
  everyRecord,
  fromAt,
  incidentKey,
  lastOf,
  localMidnight,
  noSlice,
  own,
  snapshotAt,
  toAt,
} from './relationParts.sql.ts';

const ms = (instant: string) => `toUnixTimestamp64Milli(${instant})`;
const anIncident = {
  ...noSlice,
  kind: `'incident'`,
  id: `if(incident_id = '', concat(agent_id, ' ', toString(at)), incident_id)`,
  customer: `''`,
} as const;
const incidentRows = lastOf('incidents', incidentKey);
const lastDay = `toDate32(addMilliseconds(${toAt}, -1), {tz:String})`;

/** Everybody employed on some day of the period, as their last row says. */
const employed = `(
    SELECT agent_id, argMax(tuple(hired_on), valid_from).1 AS hired, argMax(tuple(left_on), valid_from).1 AS leaves
    FROM agent_history
    WHERE valid_from < ${toAt}
    GROUP BY agent_id
    HAVING (hired IS NULL OR hired <= ${lastDay}) AND (leaves IS NULL OR leaves >= toDate32(${fromAt}, {tz:String}))
  ) AS employed`;
const aPerson = {
  ...noSlice,
  kind: `'employed'`,
  id: 'agent_id',
  customer: `''`,
  agent_id: 'agent_id',
  at: `addMilliseconds(${toAt}, -1)`,
} as const;

/** Of what several recorded of one kind in one conversation (a rule and an inspector, two inspections) the gravest, then the earliest. */
const firstOfKind = `row_number() OVER (PARTITION BY agent_id, session_id, item ORDER BY severity != 'major', at, incident_id) = 1`;

/** Confirmed incidents; and everybody employed, once, so that nobody's nothing is a zero where incidents are recorded at all. */
export const incidents = [
  {
    columns: {
      ...anIncident,
      ...own('agent_id', 'at', 'item', 'severity'),
      happened: '1',
      first_of_kind: `session_id = '' OR ${everyRecord} OR ${firstOfKind}`,
    },
    from: incidentRows,
    where: `status = 'confirmed'`,
  },
  {
    columns: { ...aPerson, item: `''`, severity: `''`, happened: '0', first_of_kind: '1' },
    from: employed,
    where: `(SELECT count() FROM (SELECT 1 FROM incidents WHERE at < ${toAt} LIMIT 1)) = 1`,
  },
] as const;

const shared = `item = 'experience_shared' AND ${localMidnight('first_day')} >= ${fromAt} AND ${localMidnight('day_after')} <= ${toAt}`;
/** Everybody employed, and whether they shared their experience; nobody where nothing about sharing was recorded. */
export const staff = {
  columns: {
    ...aPerson,
    shared: `agent_id GLOBAL IN (SELECT agent_id FROM ${assessmentsWithDays} WHERE ${shared} AND value > 0)`,
  },
  from: employed,
  where: `(SELECT count() FROM ${assessmentsWithDays} WHERE ${shared}) > 0`,
} as const;

/** Improvement plans (confirmed incidents `improvement_plan`) and when whoever is on one leaves. */
export const improvements = {
  columns: { ...anIncident, ...own('agent_id', 'at', 'leaves') },
  from: `${incidentRows} AS plans
  GLOBAL LEFT JOIN (SELECT agent_id AS member, argMax(tuple(left_on), valid_from).1 AS leaves FROM agent_history GROUP BY agent_id) AS history
    ON plans.agent_id = history.member`,
  where: `item = 'improvement_plan' AND status = 'confirmed'`,
} as const;

/**
 * Alerts: incidents `alert` or `alert:KIND` that were not overturned, with the moment a person acted on them (their column `acted_at`).
 * Of an alert about a session its owner answers, else whom it names.
 */
const alertRows = `(
    SELECT *, parseDateTime64BestEffortOrNull(attributes['acted_at'], 3, {tz:String}) AS acted_at
    FROM ${incidentRows}
    WHERE (item = 'alert' OR startsWith(item, 'alert:')) AND status != 'overturned'
  ) AS raised`;
export const alerts = {
  columns: {
    ...anIncident,
    ...own('at', 'acted_at', 'item'),
    about_session: `session_id != ''`,
    answerable: `if(owner = '', toString(agent_id), owner)`,
  },
  from: `${alertRows}
  GLOBAL LEFT JOIN (
    SELECT session_id AS about, toString(owner_agent_id) AS owner FROM session_facts FINAL
    WHERE session_id != '' AND session_id GLOBAL IN (SELECT session_id FROM incidents WHERE item = 'alert' OR startsWith(item, 'alert:'))
  ) AS owners ON raised.session_id = owners.about`,
} as const;

/** Alerts about a session on which a person acted, and whether a bad rating of it came all the same, and when. */
export const rescues = {
  columns: {
    ...anIncident,
    ...own('agent_id', 'at'),
    bad_after_ms: `arrayFirst(wait -> wait > 0, arraySort(arrayMap(bad -> bad - ${ms('at')}, bad_ms)))`,
  },
  from: `${alertRows}
  GLOBAL LEFT JOIN (
    SELECT session_id AS about, groupArray(${ms('rated')}) AS bad_ms
    FROM (
      SELECT session_id, at AS rated, score, valid FROM ratings
      WHERE session_id GLOBAL IN (SELECT session_id FROM incidents WHERE session_id != '' AND (item = 'alert' OR startsWith(item, 'alert:')))
      ORDER BY import_id DESC, line DESC, content_hash DESC
      LIMIT 1 BY if(rating_id = '', (session_id, ticket_id, toString(at)), ('', '', rating_id))
    )
    WHERE valid AND score <= 2
    GROUP BY session_id
  ) AS bad ON raised.session_id = bad.about`,
  where: `session_id != '' AND acted_at IS NOT NULL`,
} as const;

/**
 * Tickets that one team asked of another. They are answered when somebody of another team does something to them, or when they are
 * closed; until then they are as old as the snapshot.
 */
export const acrossTeams = {
  columns: {
    ...aTicket,
    ...own('owner_agent_id', 'created_at'),
    answerer_id: `if(${ms('answered_at')} > 0 AND (first_closed_at IS NULL OR answered_at <= first_closed_at), answered_by, toString(owner_agent_id))`,
    waited_ms: `greatest(0, ${ms(`multiIf(${ms('answered_at')} > 0 AND first_closed_at IS NOT NULL, least(answered_at, assumeNotNull(first_closed_at)),
      ${ms('answered_at')} > 0, answered_at, first_closed_at IS NOT NULL, assumeNotNull(first_closed_at), ${snapshotAt})`)} - ${ms('created_at')})`,
  },
  from: `ticket_facts FINAL
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
  ) AS answers ON ticket_facts.ticket_id = answers.about`,
  where: `requesting_team != '' AND NOT cancelled`,
} as const;

const dayMs = 86_400_000;
/** What somebody did or was to do from one instant to another, cut at local midnights and at the period's ends. */
const piecesSql = (from: string) => `
      SELECT agent_id, what, absent, greatest(begins_ms, day_from_ms, {from:Int64}) AS piece_from, least(ends_ms, day_to_ms, {to:Int64}) AS piece_to, day
      FROM (
        SELECT *,
          arrayJoin(arrayMap(d -> toDate32(fromUnixTimestamp64Milli(begins_ms), {tz:String}) + toIntervalDay(d),
            range(toUInt32(greatest(0, dateDiff('day', fromUnixTimestamp64Milli(begins_ms), fromUnixTimestamp64Milli(ends_ms), {tz:String}))) + 1))) AS day,
          ${ms(localMidnight('day'))} AS day_from_ms,
          ${ms(localMidnight('day + 1'))} AS day_to_ms
        FROM (${from})
        WHERE ends_ms > begins_ms AND ends_ms > {from:Int64} AND begins_ms < {to:Int64}
      )
      WHERE piece_to > piece_from`;
// A state lasts until the next one, and no longer than a day: who forgets to sign off is not at work for ever. Busy with a reason
// (a meal, a meeting) is away; busy without one is a contact in hand.
const states = `
          SELECT agent_id, what, 0 AS absent, at_ms AS begins_ms, least(next_ms, at_ms + ${dayMs}, {now:Int64}) AS ends_ms
          FROM (
            SELECT subject_id AS agent_id, ${ms('at')} AS at_ms,
              multiIf(type = 'online', 'available', type = 'offline', 'off', value IN ('', 'handling', '接待'), 'handling', 'away') AS what,
              leadInFrame(${ms('at')}, 1, ${ms('at')} + ${dayMs}) OVER (PARTITION BY subject_id ORDER BY at, type, event_id, content_hash ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_ms
            FROM (
              SELECT * FROM events WHERE subject_kind = 'agent'
              ORDER BY import_id DESC, line DESC, content_hash DESC
              LIMIT 1 BY if(event_id = '', (subject_id, toString(at), toString(type), toString(agent_id), toString(to_agent_id)), (event_id, '', '', '', ''))
            )
            WHERE type IN ('online', 'offline', 'busy')
          )
          WHERE what != 'off'`;
const shifts = lastOf('attendance', 'agent_id, scheduled_start');
const scheduled = `
          SELECT toString(agent_id) AS agent_id, 'scheduled' AS what, toUInt8(actual_start IS NULL) AS absent,
            ${ms('scheduled_start')} AS begins_ms, least(${ms('scheduled_end')}, {now:Int64}) AS ends_ms
          FROM ${shifts}
          WHERE actual_start IS NOT NULL OR ${ms('scheduled_end')} <= {now:Int64}`;
const paid = `
          SELECT toString(agent_id) AS agent_id, 'paid' AS what, 0 AS absent,
            ${ms('assumeNotNull(actual_start)')} AS begins_ms, ${ms('assumeNotNull(actual_end)')} AS ends_ms
          FROM ${shifts}
          WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL`;
const overlap = (whole: string) =>
  `arraySum(p -> arraySum(w -> greatest(0, least(p.2, w.2) - greatest(p.1, w.1)), working), ${whole})`;

/**
 * Each agent's local day: time available, with a contact in hand, and working (either); time scheduled and paid, and how much of each
 * was worked. `seen`: some state is known of that day, so that time not worked is known too.
 */
export const stateDays = {
  columns: {
    ...noSlice,
    kind: `'agentDay'`,
    id: `concat(agent_id, ' ', toString(day))`,
    customer: `''`,
    ...own('agent_id', 'seen', 'absent_all', 'available_ms', 'handling_ms', 'scheduled_ms', 'paid_ms'),
    at: localMidnight('day'),
    adherent_ms: overlap('scheduled_pieces'),
    productive_ms: overlap('paid_pieces'),
  },
  from: `(
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
    FROM (${[states, scheduled, paid].map(piecesSql).join('\n      UNION ALL')}
    )
    GROUP BY agent_id, day
  ) AS present`,
} as const;
