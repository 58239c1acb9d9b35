import { namesIn, relationSql } from '../../metrics/relations.sql.ts';
import {
  excludedX,
  fromAt,
  human,
  inPeriod,
  limit,
  messagesOfPeriod,
  ms,
  ofSession,
  repliedSessions,
  toAt,
} from '../fragments.sql.ts';
import {
  atLeastZ,
  atMostZ,
  count,
  minN,
  percent,
  ratio,
  type SignalDefinition,
  seconds,
  share,
  value,
  z,
} from '../signalDefinition.ts';

/** What the agent's state events say, in order, with the state before and after. */
const stateChanges = `(
    SELECT toString(subject_id) AS agent_id, at, toString(type) AS state,
      lagInFrame(state, 1, '') OVER by_agent AS state_before, lagInFrame(at, 1, at) OVER by_agent AS before_at,
      leadInFrame(state, 1, '') OVER by_agent AS state_after, leadInFrame(at, 1, at) OVER by_agent AS after_at
    FROM (SELECT DISTINCT subject_id, at, type FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy', 'offline') AND ${inPeriod('at')})
    WINDOW by_agent AS (PARTITION BY subject_id ORDER BY at, type ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
  )`;

/** Signals in how somebody works: speed against quality, load, transfers, states. */
export const workSignals: readonly SignalDefinition[] = [
  {
    id: 'minimal_service',
    name: { zh: '只求快', en: 'Minimal service' },
    rule: {
      zh: '30 秒应答率 ≥ {fastRate} 且平均响应 ≤ {response}，而满意度、首次问题解决率或质检分有一项比同岗级同队列低（稳健 z ≤ {z}）。',
      en: 'The 30-second reply rate is at least {fastRate} and the average response at most {response}, while satisfaction, first contact resolution or the quality score is low against the same tier and queue (robust z ≤ {z}).',
    },
    innocent: {
      zh: '可能接的是最难的问题，或回复快但还没学会解决。',
      en: 'The questions may be the hardest ones, or somebody quick is still learning to solve them.',
    },
    thresholds: {
      fastRate: percent({ zh: '30 秒应答率不低于', en: '30-second reply rate at least' }, 95),
      response: seconds({ zh: '平均响应不高于', en: 'Average response at most' }, 40),
      z: atMostZ(-1.5),
      minN: minN(),
    },
    figures: {
      fastRate: {
        name: { zh: '30 秒应答率', en: '30-second reply rate' },
        unit: 'percent',
        from: { metric: 'first_reply_30s_rate' },
      },
      response: {
        name: { zh: '平均响应', en: 'Average response' },
        unit: 'seconds',
        from: { metric: 'avg_response_seconds' },
      },
      csat: { name: { zh: '满意度', en: 'Satisfaction rate' }, unit: 'percent', from: { metric: 'csat_rate' } },
      fcr: {
        name: { zh: '首次问题解决率', en: 'First contact resolution' },
        unit: 'percent',
        from: { metric: 'first_contact_resolution_rate' },
      },
      qa: { name: { zh: '质检分', en: 'Quality score' }, unit: 'points', from: { metric: 'qa_score' } },
    },
    alternatives: [
      {
        needs: ['agentText', 'ratings'],
        all: [z('csat', 'z', 'atMost'), value('fastRate', 'fastRate'), value('response', 'response', 'atMost')],
      },
      {
        needs: ['agentText', 'tickets'],
        all: [z('fcr', 'z', 'atMost'), value('fastRate', 'fastRate'), value('response', 'response', 'atMost')],
      },
      {
        needs: ['agentText', 'assessments'],
        all: [z('qa', 'z', 'atMost'), value('fastRate', 'fastRate'), value('response', 'response', 'atMost')],
      },
    ],
    observations: `
  SELECT ${ofSession()},
    first_reply_ms <= 30000 AND (coalesce(rating_score, 5) <= 3 OR (outcome.next_at > 0 AND outcome.next_at <= toUnixTimestamp64Milli(closed_at) + 259200000)) AS hit
  FROM ${repliedSessions()}
  GLOBAL LEFT JOIN (SELECT session_id, if(next_contact_at IS NULL, 0, toUnixTimestamp64Milli(assumeNotNull(next_contact_at))) AS next_at FROM session_outcomes FINAL) AS outcome
    ON facts.session_id = outcome.session_id`,
  },
  {
    id: 'load_cliff',
    name: { zh: '接待量卡线', en: 'Load just over the line' },
    rule: {
      zh: '每 8 小时接待量落在 [{line}, {line}+5] 的天数，不少于落在 [{line}−5, {line}) 的 {times} 倍，且不少于 {leastDays}（共不少于 {minN} 个工作日）。',
      en: 'Days whose load per 8 hours lies in [{line}, {line}+5] are at least {times} times those in [{line}−5, {line}), and at least {leastDays} (of at least {minN} days worked).',
    },
    innocent: { zh: '排班恰好让多数日子落在这一段也有可能。', en: 'A roster may simply put most days there.' },
    thresholds: {
      line: count({ zh: '目标放宽的接待量', en: 'Load at which the target relaxes' }, 100),
      times: ratio({ zh: '线上与线下天数之比不低于', en: 'Days above to days below, at least' }, 2),
      leastDays: count({ zh: '线上天数不少于', en: 'Days above, at least' }, 5),
      minN: minN(20),
    },
    figures: {
      aboveBelow: {
        name: { zh: '线上与线下天数之比', en: 'Days above to days below' },
        unit: 'ratio',
        from: { sql: 'uniqExactIf(day, hit) / greatest(uniqExactIf(day, below), 1)' },
      },
      daysAbove: {
        name: { zh: '刚过线的天数', en: 'Days just above the line' },
        unit: 'count',
        from: { sql: 'uniqExactIf(day, hit)' },
      },
      n: { name: { zh: '工作日', en: 'Days worked' }, unit: 'count', from: { sql: 'uniqExact(day)' } },
    },
    alternatives: [
      {
        needs: ['attendance'],
        all: [value('aboveBelow', 'times'), value('daysAbove', 'leastDays'), value('n', 'minN')],
      },
    ],
    observations: `
  SELECT served.agent_id AS agent_id, served.queue AS queue, 'session' AS kind, served.session_id AS id, served.day AS day,
    worked.load >= ${limit('line')} AND worked.load <= ${limit('line')} + 5 AS hit,
    worked.load >= ${limit('line')} - 5 AND worked.load < ${limit('line')} AS below
  FROM (
    SELECT session_id, toString(queue) AS queue, toString(agent) AS agent_id, day
    FROM session_facts FINAL ARRAY JOIN load_agent_id AS agent, load_day AS day
    WHERE started_at < ${toAt} AND closed_at >= ${fromAt} AND NOT ${excludedX}
  ) AS served
  GLOBAL INNER JOIN (
    SELECT agent_id, toDate32(at, {tz:String}) AS day, customers * 28800000 / online_ms AS load
    FROM (${relationSql('agentDays', namesIn('agent_id, at, customers, online_ms'))}) WHERE ${inPeriod('at')}
  ) AS worked ON served.agent_id = worked.agent_id AND served.day = worked.day`,
  },
  {
    id: 'dumped_transfers',
    name: { zh: '甩单转接', en: 'Dumped transfers' },
    rule: {
      zh: '接手 {withinSeconds} 内没有一句有内容的回复就转出，或在下班前 10 分钟转出：这样的会话占比，比同岗级同队列高（稳健 z ≥ {z}，且不低于 {leastShare}）。',
      en: 'Passed on within {withinSeconds} of the assignment without one reply of substance, or in the last 10 minutes of a shift: the share of such sessions is high against the same tier and queue (robust z ≥ {z}, and at least {leastShare}).',
    },
    innocent: {
      zh: '分流岗的工作就是转接；分错队列的会话理应马上转走。',
      en: 'Passing on is the work of a triage desk; what was routed wrongly should be passed on at once.',
    },
    thresholds: {
      withinSeconds: seconds({ zh: '接手之后', en: 'After the assignment' }, 60),
      z: atLeastZ(),
      leastShare: percent({ zh: '占比不低于', en: 'Share at least' }, 3),
      minN: minN(),
    },
    figures: { share },
    alternatives: [{ needs: ['transfers'], all: [z('share', 'z'), value('share', 'leastShare')] }],
    observations: `
  WITH handed AS (
    SELECT toString(subject_id) AS session_id, arraySort(groupArray((toUnixTimestamp64Milli(at), toString(type), toString(agent_id), toString(to_agent_id)))) AS steps
    FROM events WHERE subject_kind = 'session' AND type IN ('assigned', 'transferred') AND ${messagesOfPeriod}
    GROUP BY session_id HAVING arrayExists(step -> step.2 = 'transferred', steps)
  ),
  spoken AS (
    SELECT session_id, groupArray((toUnixTimestamp64Milli(at), toString(sender_id))) AS replies
    FROM messages WHERE ${messagesOfPeriod} AND ${human} AND lengthUTF8(text) >= 6 AND session_id GLOBAL IN (SELECT session_id FROM handed)
    GROUP BY session_id
  ),
  shifts AS (SELECT toString(agent_id) AS agent_id, groupArray(toUnixTimestamp64Milli(scheduled_end)) AS ends FROM attendance WHERE ${inPeriod('scheduled_start')} GROUP BY agent_id)
  SELECT taken.agent_id AS agent_id, taken.queue AS queue, 'session' AS kind, taken.session_id AS id,
    arrayFirst(step -> step.2 = 'transferred' AND step.3 = taken.agent_id, handed.steps).1 AS out_ms,
    arrayLast(step -> step.1 <= out_ms AND (step.4 = taken.agent_id OR (step.2 = 'assigned' AND step.3 = taken.agent_id)), handed.steps).1 AS got_ms,
    out_ms > 0 AND (
      (out_ms - if(got_ms > 0, got_ms, taken.started_ms) <= ${ms('withinSeconds')} AND NOT arrayExists(reply -> reply.2 = taken.agent_id AND reply.1 <= out_ms, spoken.replies))
      OR arrayExists(ends -> out_ms >= ends - 600000 AND out_ms <= ends, shifts.ends)
    ) AS hit
  FROM (
    SELECT session_id, toString(queue) AS queue, toString(agent) AS agent_id, toUnixTimestamp64Milli(started_at) AS started_ms
    FROM session_facts FINAL ARRAY JOIN slice_agent_id AS agent
    WHERE ${inPeriod('started_at')} AND NOT ${excludedX}
  ) AS taken
  GLOBAL LEFT JOIN handed ON taken.session_id = handed.session_id
  GLOBAL LEFT JOIN spoken ON taken.session_id = spoken.session_id
  GLOBAL LEFT JOIN shifts ON taken.agent_id = shifts.agent_id`,
  },
  {
    id: 'status_dodging',
    name: { zh: '切状态避单', en: 'Status dodging' },
    rule: {
      zh: '空闲不少于 {idleSeconds} 后切为不可接，不到 {awaySeconds} 又切回：一天不少于 {aShift} 次的日子有 {leastDays} 天以上。',
      en: 'Unavailable for less than {awaySeconds} after at least {idleSeconds} of idling: days with at least {aShift} of these number {leastDays} or more.',
    },
    innocent: {
      zh: '网络抖动、客户端重连也会产生很短的离线。',
      en: 'A shaky connection also makes very short absences.',
    },
    thresholds: {
      idleSeconds: seconds({ zh: '空闲不少于', en: 'Idle at least' }, 300),
      awaySeconds: seconds({ zh: '不可接少于', en: 'Unavailable for less than' }, 60),
      aShift: count({ zh: '一天不少于', en: 'A day, at least' }, 5),
      leastDays: count({ zh: '天数不少于', en: 'Days, at least' }, 3),
    },
    figures: {
      days: {
        name: { zh: '达到次数的天数', en: 'Days with that many' },
        unit: 'count',
        from: { sql: 'uniqExactIf(day, hit)' },
      },
      dodges: {
        name: { zh: '空闲后短暂不可接', en: 'Short absences after idling' },
        unit: 'count',
        from: { sql: 'countIf(dodged)' },
      },
    },
    alternatives: [{ needs: ['onlineStates', 'awayStates'], all: [value('days', 'leastDays')] }],
    // The session that came next is what to look at: who took the one that would have come? Ordinary days stand beside it.
    observations: `
  SELECT dodge.agent_id AS agent_id, next.queue AS queue, if(next.session_id = '', 'agentDay', 'session') AS kind,
    if(next.session_id = '', concat(dodge.agent_id, ' ', toString(dodge.day)), next.session_id) AS id, dodge.day AS day, true AS dodged,
    count() OVER (PARTITION BY dodge.agent_id, dodge.day) >= ${limit('aShift')} AS hit
  FROM (
    SELECT changes.agent_id AS agent_id, changes.at AS at, toDate32(changes.at, {tz:String}) AS day
    FROM (
      SELECT * FROM ${stateChanges}
      WHERE state != 'online' AND state_after = 'online' AND toUnixTimestamp64Milli(after_at) - toUnixTimestamp64Milli(at) < ${ms('awaySeconds')}
        AND state_before = 'online' AND toUnixTimestamp64Milli(at) - toUnixTimestamp64Milli(before_at) >= ${ms('idleSeconds')}
    ) AS changes
    GLOBAL ASOF LEFT JOIN (SELECT toString(sender_id) AS agent_id, messages.at AS spoke_at FROM messages WHERE ${messagesOfPeriod} AND sender = 'agent') AS spoken
      ON changes.agent_id = spoken.agent_id AND changes.at >= spoken.spoke_at
    WHERE toUnixTimestamp64Milli(changes.at) - toUnixTimestamp64Milli(spoke_at) >= ${ms('idleSeconds')}
  ) AS dodge
  GLOBAL ASOF LEFT JOIN (SELECT session_id, toString(queue) AS queue, toString(first_agent_id) AS agent_id, started_at AS next_at FROM session_facts FINAL WHERE ${inPeriod('started_at')}) AS next
    ON dodge.agent_id = next.agent_id AND dodge.at <= next.next_at
  UNION ALL
  SELECT agent_id, '' AS queue, 'agentDay' AS kind, concat(agent_id, ' ', toString(day)) AS id, day, false AS dodged, false AS hit
  FROM (
    SELECT DISTINCT toString(subject_id) AS agent_id, toDate32(at, {tz:String}) AS day
    FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy', 'offline') AND ${inPeriod('at')}
  )`,
  },
];
