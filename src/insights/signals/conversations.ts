import {
  anyWord,
  excludedX,
  fromAt,
  human,
  inPeriod,
  limit,
  messagesOfPeriod,
  ms,
  ofSession,
  repliedSessions,
  sessionRows,
  toAt,
} from '../fragments.sql.ts';
import {
  atLeastZ,
  beside,
  count,
  leastTimes,
  minN,
  percent,
  ratio,
  type SignalDefinition,
  seconds,
  share,
  timesMedian,
  value,
  z,
} from '../signalDefinition.ts';
import { beggingWords, negativeWords, positiveWords } from '../words.ts';

/** Signals in how conversations begin, run and end. */
export const conversationSignals: readonly SignalDefinition[] = [
  {
    id: 'silent_last_30s',
    name: { zh: '结束前沉默', en: 'Silent before the close' },
    rule: {
      zh: '最后 {lastSeconds} 内客服没有说话、又由客服结束，或客户最后一句没有人回：这样的会话占比，比同岗级同队列高（稳健 z ≥ {z}，且不低于 {leastShare}）。',
      en: 'Nothing said by the agent in the last {lastSeconds} and ended by the agent, or the customer’s last words unanswered: the share of such sessions is high against the same tier and queue (robust z ≥ {z}, and at least {leastShare}).',
    },
    innocent: {
      zh: '客户常以“好的”“谢谢”收尾，不需要再回；系统超时关闭也可能记成客服结束。',
      en: 'Customers often close with “thanks”, which needs no answer; a time-out may be recorded as ended by the agent.',
    },
    thresholds: {
      lastSeconds: seconds({ zh: '结束前', en: 'Before the close' }, 30),
      z: atLeastZ(),
      leastShare: percent({ zh: '占比不低于', en: 'Share at least' }, 10),
      minN: minN(),
    },
    figures: { share },
    alternatives: [{ needs: ['endedBy', 'agentText'], all: [z('share', 'z'), value('share', 'leastShare')] }],
    observations: `
  SELECT ${ofSession()},
    open_turn_started_at IS NOT NULL
      OR (ended.ended_by = 'agent' AND toUnixTimestamp64Milli(closed_at) - toUnixTimestamp64Milli(spoken.last_at) > ${ms('lastSeconds')}) AS hit
  FROM ${repliedSessions('NOT offline')}
  GLOBAL LEFT JOIN ${sessionRows('toString(ended_by) AS ended_by')} AS ended ON facts.session_id = ended.session_id
  GLOBAL LEFT JOIN (SELECT session_id, max(at) AS last_at FROM messages WHERE ${messagesOfPeriod} AND ${human} GROUP BY session_id) AS spoken
    ON facts.session_id = spoken.session_id`,
  },
  {
    id: 'duration_padding',
    name: { zh: '拖长会话', en: 'Padded duration' },
    rule: {
      zh: '会话从开始到结束的平均时长（加事后整理）比同岗级同队列高（稳健 z ≥ {z}），而有效互动时长占比不高于 {effectiveMost}。不用平均处理时长 AHT 来比：它每个间隔最多算 60 秒，拖长的部分本来就不在里面。',
      en: 'The average length of a session from start to end, with after-contact time, is high against the same tier and queue (robust z ≥ {z}) while effective interaction is at most {effectiveMost}. Average handle time would not do: it counts at most 60 seconds of a gap, so what is padded is not in it.',
    },
    innocent: {
      zh: '等客户查找资料、联系网点也会拉长会话。',
      en: 'Waiting for a customer to look something up, or for a branch to call back, also takes time.',
    },
    thresholds: {
      z: atLeastZ(),
      effectiveMost: percent({ zh: '有效互动占比不高于', en: 'Effective interaction at most' }, 40),
      minN: minN(),
    },
    figures: {
      lengthSeconds: {
        name: {
          zh: '平均会话时长（从开始到结束，加事后整理）',
          en: 'Average length of a session (start to end, and after-contact time)',
        },
        unit: 'seconds',
        // Not the metric handle_seconds: it counts at most 60 s of a gap and nothing after the last message, so what is padded never shows in it.
        from: { sql: 'avg(length_ms) / 1000' },
      },
      effective: {
        name: { zh: '有效互动占比', en: 'Effective interaction' },
        unit: 'percent',
        from: { sql: 'if(sum(duration_ms) = 0, NULL, 100 * sum(effective_ms) / sum(duration_ms))' },
      },
    },
    alternatives: [
      { needs: ['endedAt'], all: [z('lengthSeconds', 'z'), value('effective', 'effectiveMost', 'atMost')] },
    ],
    observations: `
  SELECT ${ofSession()},
    toUnixTimestamp64Milli(closed_at) - toUnixTimestamp64Milli(started_at) AS duration_ms,
    duration_ms + ended.wrap AS length_ms,
    least(spoken.effective_ms, duration_ms) AS effective_ms,
    duration_ms > 0 AND effective_ms * 100 <= ${limit('effectiveMost')} * duration_ms AS hit
  FROM ${repliedSessions('NOT offline')}
  GLOBAL LEFT JOIN ${sessionRows('coalesce(wrap_ms, 0) AS wrap')} AS ended ON facts.session_id = ended.session_id
  GLOBAL LEFT JOIN (
    SELECT session_id, arraySum(gap -> least(gap, 60000), arrayPopFront(arrayDifference(arraySort(groupArray(toUnixTimestamp64Milli(at)))))) AS effective_ms
    FROM messages WHERE ${messagesOfPeriod} AND kind < 'note' GROUP BY session_id
  ) AS spoken ON facts.session_id = spoken.session_id`,
  },
  {
    id: 'bunching_under_limit',
    name: { zh: '卡在时限之内', en: 'Bunching under the limit' },
    rule: {
      zh: '首次回复落在时限（{limitSeconds}）前 15 秒内的会话，不少于刚超过时限 15 秒内的 {times} 倍，也不少于同组这一倍数中位数的 {timesMedian} 倍，且占比比同岗级同队列高（稳健 z ≥ {z}）。可比的人不足 8 名时，只看 {times} 倍这一条。',
      en: 'Sessions whose first reply falls in the 15 seconds before the limit of {limitSeconds} are at least {times} times those in the 15 seconds after it, and {timesMedian} times the colleagues’ median of that quotient, and their share is high against the same tier and queue (robust z ≥ {z}). With fewer than 8 people to compare, the {times} times alone decide.',
    },
    innocent: {
      zh: '系统在临近超时时提醒客服，也会让回复集中在时限前。',
      en: 'A reminder shortly before the limit also gathers replies there.',
    },
    thresholds: {
      limitSeconds: seconds({ zh: '时限', en: 'Limit' }, 30),
      times: ratio({ zh: '前后之比不低于', en: 'Before to after, at least' }, 2),
      timesMedian: leastTimes(1.5),
      z: atLeastZ(),
      minN: minN(100),
    },
    figures: {
      beforeAfter: {
        name: { zh: '时限前后之比', en: 'Before to after the limit' },
        unit: 'ratio',
        from: { sql: 'countIf(hit) / greatest(countIf(after_limit), 1)' },
      },
      share: { ...share, name: { zh: '紧贴时限的占比', en: 'Share just under the limit' } },
    },
    alternatives: [
      {
        needs: ['agentText'],
        all: [
          beside(z('share', 'z')),
          value('beforeAfter', 'times'),
          beside(timesMedian('beforeAfter', 'timesMedian')),
        ],
      },
    ],
    observations: `
  SELECT toString(first_agent_id) AS agent_id, toString(queue) AS queue, 'session' AS kind, session_id AS id,
    first_reply_ms >= ${ms('limitSeconds')} - 15000 AND first_reply_ms <= ${ms('limitSeconds')} AS hit,
    first_reply_ms > ${ms('limitSeconds')} AND first_reply_ms <= ${ms('limitSeconds')} + 15000 AS after_limit
  FROM session_facts FINAL
  WHERE ${inPeriod('started_at')} AND replied AND NOT outside_hours AND NOT ${excludedX}`,
  },
  {
    id: 'canned_first_reply',
    name: { zh: '模板首回', en: 'Canned first reply' },
    rule: {
      zh: '首次回复与模板相似度 ≥ {similarity}，下一句有内容的回复又在 {gapSeconds} 之后：这样的会话占比高于 {share}。',
      en: 'The first reply is at least {similarity} like a template and the next one with content comes more than {gapSeconds} later: the share of such sessions is above {share}.',
    },
    innocent: {
      zh: '先安抚再查询是好习惯；看看中间是不是确实在处理。',
      en: 'Calming first and looking things up afterwards is good practice; see whether work was done in between.',
    },
    thresholds: {
      similarity: percent({ zh: '与模板相似度不低于', en: 'Similarity to a template at least' }, 90),
      templateUses: count(
        { zh: '同一句话开场多少次算模板', en: 'Openings with the same words that make a template' },
        20,
      ),
      gapSeconds: seconds({ zh: '下一句有内容的回复晚于', en: 'Next reply with content later than' }, 60),
      share: percent({ zh: '占比高于', en: 'Share above' }, 20),
      minN: minN(),
    },
    figures: { share },
    alternatives: [{ needs: ['agentText'], all: [value('share', 'share', 'above')] }],
    // A template is an automatic text of the period, or an opening used often; digits are no difference. Each distinct text is compared once.
    observations: `
  WITH spoken AS (
    SELECT session_id, arraySort(groupArrayIf((toUnixTimestamp64Milli(at), seq, substringUTF8(replaceRegexpAll(text, '[0-9]', ''), 1, 300)), ${human} AND kind != 'invitation')) AS replies,
      replies[1].3 AS opening,
      arrayFirst(reply -> reply.1 > replies[1].1 AND lengthUTF8(reply.3) >= 6, replies).1 AS next_ms
    FROM messages WHERE ${messagesOfPeriod} GROUP BY session_id HAVING notEmpty(replies)
  ),
  templates AS (
    SELECT groupArray(opening) AS texts FROM (
      SELECT opening FROM (
        SELECT opening, count() AS used FROM spoken GROUP BY opening HAVING used >= ${limit('templateUses')}
        UNION ALL
        SELECT substringUTF8(replaceRegexpAll(text, '[0-9]', ''), 1, 300) AS opening, count() AS used FROM messages WHERE ${messagesOfPeriod} AND auto GROUP BY opening HAVING used >= ${limit('templateUses')}
      ) WHERE lengthUTF8(opening) >= 6 ORDER BY used DESC, opening LIMIT 50
    )
  ),
  canned AS (
    SELECT opening FROM (SELECT DISTINCT opening FROM spoken)
    WHERE arrayExists(template -> template = opening OR 1 - ngramDistanceUTF8(opening, template) >= ${limit('similarity')} / 100, (SELECT texts FROM templates))
  )
  SELECT ${ofSession('first_agent_id')},
    spoken.opening GLOBAL IN (SELECT opening FROM canned) AND next_ms > 0 AND next_ms - replies[1].1 > ${ms('gapSeconds')} AS hit
  FROM ${repliedSessions('NOT offline')}
  GLOBAL INNER JOIN spoken ON facts.session_id = spoken.session_id`,
  },
  {
    id: 'ignoring_slow_chats',
    name: { zh: '放弃慢会话', en: 'Ignoring slow chats' },
    rule: {
      zh: '30 秒应答率 ≥ {fastRate}，而应答率比同岗级同队列低（稳健 z ≤ {z}）：来不及的就不回，不回的不进 30 秒应答率。',
      en: 'The 30-second reply rate is at least {fastRate} while the reply rate is low against the same tier and queue (robust z ≤ {z}): what cannot be answered in time is not answered, and so leaves the 30-second rate.',
    },
    innocent: {
      zh: '分配给已下班的人、客户秒退，也会没有回复。',
      en: 'Sessions routed to somebody off duty, or left by the customer at once, also stay unanswered.',
    },
    thresholds: {
      fastRate: percent({ zh: '30 秒应答率不低于', en: '30-second reply rate at least' }, 95),
      z: {
        name: { zh: '应答率稳健 z 不高于', en: 'Reply rate: robust z at most' },
        unit: 'ratio',
        value: -2,
        low: -10,
        high: -0.5,
      },
      minN: minN(),
    },
    figures: {
      fastRate: {
        name: { zh: '30 秒应答率', en: '30-second reply rate' },
        unit: 'percent',
        from: { metric: 'first_reply_30s_rate' },
      },
      replyRate: { name: { zh: '应答率', en: 'Reply rate' }, unit: 'percent', from: { metric: 'reply_rate' } },
    },
    alternatives: [{ needs: ['agentText'], all: [z('replyRate', 'z', 'atMost'), value('fastRate', 'fastRate')] }],
    observations: `
  SELECT toString(first_agent_id) AS agent_id, toString(queue) AS queue, 'session' AS kind, session_id AS id, NOT replied AS hit
  FROM session_facts FINAL
  WHERE ${inPeriod('started_at')} AND NOT outside_hours AND NOT ${excludedX}`,
  },
  {
    id: 'selective_invitations',
    name: { zh: '挑客户邀评', en: 'Selective invitations' },
    rule: {
      zh: '客户言辞不满的会话，邀评率比言辞平淡的低 {gapPoints} 个百分点以上（两类各不少于 {minN} 个）。',
      en: 'Sessions in which the customer sounds displeased are invited to rate far less often than neutral ones: a difference of {gapPoints} points or worse (at least {minN} of each).',
    },
    innocent: {
      zh: '客户愤然离开时来不及邀评；判断只按词，可能看错语气。',
      en: 'A customer who leaves in anger cannot be invited; moods are told by words alone and may be misread.',
    },
    thresholds: {
      gapPoints: {
        name: { zh: '邀评率之差不高于', en: 'Difference at most' },
        unit: 'points',
        value: -20,
        low: -100,
        high: -1,
      },
      minN: minN(),
    },
    figures: {
      gap: {
        name: { zh: '不满与平淡会话的邀评率之差（百分点）', en: 'Invitation rate, displeased minus neutral (points)' },
        unit: 'points',
        from: {
          sql: `if(countIf(mood = -1) < {t_minN:Float64} OR countIf(mood = 0) < {t_minN:Float64}, NULL, 100 * (avgIf(invited, mood = -1) - avgIf(invited, mood = 0)))`,
        },
      },
    },
    alternatives: [{ needs: ['invitations', 'customerText'], all: [value('gap', 'gapPoints', 'atMost')] }],
    observations: `
  SELECT ${ofSession()}, invited,
    multiIf(said.negative, -1, said.positive, 1, 0) AS mood, mood = -1 AND NOT invited AS hit
  FROM ${repliedSessions('NOT offline')}
  GLOBAL INNER JOIN (
    SELECT session_id, max(multiSearchAny(text, ${anyWord(negativeWords)})) AS negative, max(multiSearchAny(text, ${anyWord(positiveWords)})) AS positive
    FROM messages WHERE ${messagesOfPeriod} AND sender = 'customer' AND kind < 'note' GROUP BY session_id
  ) AS said ON facts.session_id = said.session_id`,
  },
  {
    id: 'begged_ratings',
    name: { zh: '索要好评', en: 'Begged or unlikely ratings' },
    rule: {
      zh: '邀评前后 10 分钟内客服提到五星、好评或返现（不少于 {begged} 次且占邀评的 {beggedShare} 以上），或同一设备一天评价 3 次以上（不少于 {sameDevice} 次），或评价的客户就是员工（不少于 {staff} 次）。',
      en: 'Around the invitation (10 minutes) the agent speaks of five stars, good reviews or cash back (at least {begged} times and in {beggedShare} of invitations), or one device rates 3 times or more in a day (at least {sameDevice} such ratings), or the customer who rates is a member of staff (at least {staff}).',
    },
    innocent: {
      zh: '客户自己说“给你五星”，客服复述也会被算上；一家人可能共用设备。',
      en: 'An agent who echoes a customer’s “five stars for you” counts too; a family may share a device.',
    },
    thresholds: {
      begged: count({ zh: '提到好评的次数不少于', en: 'Times asked for, at least' }, 5),
      beggedShare: percent({ zh: '占邀评的比例不低于', en: 'Share of invitations, at least' }, 5),
      sameDevice: count({ zh: '同设备评价不少于', en: 'Ratings from one device, at least' }, 3),
      staff: count({ zh: '员工评价不少于', en: 'Ratings by staff, at least' }, 1),
    },
    figures: {
      begged: {
        name: { zh: '提到好评的会话', en: 'Sessions asking for it' },
        unit: 'count',
        from: { sql: 'countIf(begged)' },
      },
      beggedShare: {
        name: { zh: '占邀评的比例', en: 'Share of invitations' },
        unit: 'percent',
        from: { sql: 'if(countIf(invited) = 0, NULL, 100 * countIf(begged) / countIf(invited))' },
      },
      sameDevice: {
        name: { zh: '同设备同日的评价', en: 'Ratings of one device and day' },
        unit: 'count',
        from: { sql: 'countIf(same_device)' },
      },
      staff: {
        name: { zh: '员工作为客户的评价', en: 'Ratings by staff' },
        unit: 'count',
        from: { sql: 'countIf(by_staff)' },
      },
    },
    alternatives: [
      { needs: ['invitations', 'agentText'], all: [value('beggedShare', 'beggedShare'), value('begged', 'begged')] },
      { needs: ['ratingDevices'], all: [value('sameDevice', 'sameDevice')] },
      { needs: ['ratings'], all: [value('staff', 'staff')] },
    ],
    observations: `
  SELECT ${ofSession()}, invited,
    invited AND arrayExists(word_at -> arrayExists(invited_at -> abs(word_at - invited_at) <= 600000, said.invitations), said.begging) AS begged,
    rated.same_device = 1 AS same_device,
    facts.rated_at IS NOT NULL AND facts.customer_id GLOBAL IN (SELECT agent_id FROM agent_history UNION ALL SELECT attributes['customer_id'] FROM agents WHERE attributes['customer_id'] != '') AS by_staff,
    begged OR same_device OR by_staff AS hit
  FROM ${repliedSessions()}
  GLOBAL LEFT JOIN (
    SELECT session_id, groupArrayIf(toUnixTimestamp64Milli(at), sender = 'agent' AND multiSearchAny(text, ${anyWord(beggingWords)})) AS begging,
      arrayConcat(groupArrayIf(toUnixTimestamp64Milli(at), kind = 'invitation'), any(row_invited)) AS invitations
    FROM (SELECT * FROM messages WHERE ${messagesOfPeriod} AND sender = 'agent' AND kind < 'note') AS lines
    GLOBAL LEFT JOIN ${sessionRows('if(invited_at IS NULL, [], [toUnixTimestamp64Milli(assumeNotNull(invited_at))]) AS row_invited')} AS known ON lines.session_id = known.session_id
    GROUP BY session_id
  ) AS said ON facts.session_id = said.session_id
  GLOBAL LEFT JOIN (
    SELECT session_id, 1 AS same_device
    FROM (
      SELECT session_id, device, count() OVER (PARTITION BY device, toDate32(at, {tz:String})) AS that_day
      FROM (SELECT session_id, device, at, valid FROM ratings WHERE ${`at >= ${fromAt} AND at < ${toAt}`} ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY if(rating_id = '', (session_id, ticket_id, toString(at)), ('', '', rating_id)))
      WHERE valid AND device != ''
    )
    WHERE that_day >= 3 AND session_id != ''
    GROUP BY session_id
  ) AS rated ON facts.session_id = rated.session_id`,
  },
];
