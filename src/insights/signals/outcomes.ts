import {
  anyWord,
  excludedX,
  fromAt,
  inPeriod,
  limit,
  messagesOfPeriod,
  ms,
  ofSession,
  orderRows,
  repliedSessions,
  toAt,
} from '../fragments.sql.ts';
import {
  atLeastZ,
  count,
  leastTimes,
  minN,
  type SignalDefinition,
  seconds,
  timesMedian,
  value,
  z,
} from '../signalDefinition.ts';
import { claimWords } from '../words.ts';

const hours = (name: { zh: string; en: string }, value: number) => ({
  name,
  unit: 'count' as const,
  value,
  low: 1,
  high: 8760,
});

/** Signals in what became of the customer's matter: tickets, claims, orders, knowledge. */
export const outcomeSignals: readonly SignalDefinition[] = [
  {
    id: 'claim_interception',
    name: { zh: '拦截投诉', en: 'Claims kept off the record' },
    rule: {
      zh: '客户提到投诉、索赔或退款，{withinHours} 小时内却没有工单，或同一客户 7 天内在别处提出：占这类会话的比例，比同岗级同队列高（稳健 z ≥ {z}，且不低于中位数的 {times} 倍）。',
      en: 'The customer speaks of a complaint, a claim or a refund, yet no ticket follows within {withinHours} hours, or the same customer lodges it elsewhere within 7 days: the share among such sessions is high against the same tier and queue (robust z ≥ {z}, and at least {times} times the median).',
    },
    innocent: {
      zh: '当场解决了就不必建单；提到“退款”也可能只是询问。',
      en: 'What is settled on the spot needs no ticket; “refund” may just be a question.',
    },
    thresholds: {
      withinHours: hours({ zh: '多少小时内建单', en: 'Ticket within, hours' }, 24),
      z: atLeastZ(),
      times: leastTimes(1.3),
      minN: minN(),
    },
    figures: {
      share: {
        name: { zh: '没有留下工单的占比', en: 'Share without a ticket' },
        unit: 'percent',
        from: { sql: '100 * countIf(hit) / count()' },
      },
    },
    alternatives: [{ needs: ['customerText', 'tickets'], all: [z('share', 'z'), timesMedian('share', 'times')] }],
    observations: `
  SELECT ${ofSession()},
    NOT arrayExists(t -> t.1 >= facts.started_at AND t.1 <= closed_at + toIntervalSecond(3600 * ${limit('withinHours')}), filed.tickets)
      OR arrayExists(t -> t.1 > closed_at AND t.1 <= closed_at + INTERVAL 7 DAY AND t.2 != owner_agent_id AND t.3 IN ('complaint', 'return') AND t.4 != facts.session_id, filed.tickets) AS hit
  FROM ${repliedSessions(`customer_id != ''
      AND closed_at + toIntervalSecond(3600 * ${limit('withinHours')}) <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')
      AND session_id GLOBAL IN (SELECT session_id FROM messages WHERE ${messagesOfPeriod} AND sender = 'customer' AND multiSearchAny(text, ${anyWord(claimWords)}))`)}
  GLOBAL LEFT JOIN (SELECT customer_id, groupArray((created_at, toString(owner_agent_id), toString(kind), session_id)) AS tickets FROM ticket_facts FINAL GROUP BY customer_id) AS filed
    ON facts.customer_id = filed.customer_id`,
  },
  {
    id: 'overselling',
    name: { zh: '过度推销', en: 'Overselling' },
    rule: {
      zh: '转化率比同岗级同队列高（稳健 z ≥ {conversionZ}），同时这些订单的退款率或投诉率也高（稳健 z ≥ {harmZ}，订单不少于 {minOrders}，其中退款或投诉不少于 {harmed}）；或在 {linkSessions} 个以上售后会话里各发了 3 个以上商品链接。',
      en: 'Conversion is high against the same tier and queue (robust z ≥ {conversionZ}) and so are refunds or complaints of these orders (robust z ≥ {harmZ}, at least {minOrders} orders, {harmed} of them harmed); or at least {linkSessions} after-sales sessions hold 3 or more product links each.',
    },
    innocent: {
      zh: '负责爆款或清仓商品的人，成交和退款都会多。',
      en: 'Whoever sells a hit or a clearance item has more orders and more refunds.',
    },
    thresholds: {
      conversionZ: { ...atLeastZ(1), name: { zh: '转化率稳健 z 不低于', en: 'Conversion: robust z at least' } },
      harmZ: {
        ...atLeastZ(1),
        name: { zh: '退款率或投诉率稳健 z 不低于', en: 'Refunds or complaints: robust z at least' },
      },
      minOrders: count({ zh: '订单不少于', en: 'Orders, at least' }, 10),
      harmed: count({ zh: '退款或投诉的订单不少于', en: 'Orders refunded or complained of, at least' }, 5),
      linkSessions: count({ zh: '多链接的售后会话不少于', en: 'After-sales sessions with many links, at least' }, 3),
      minN: minN(),
    },
    figures: {
      conversion: {
        name: { zh: '转化率', en: 'Conversion' },
        unit: 'percent',
        from: {
          sql: 'if(countIf(NOT bought_before) = 0, NULL, 100 * countIf(bought AND NOT bought_before) / countIf(NOT bought_before))',
        },
      },
      refunds: {
        name: { zh: '订单退款率', en: 'Refunds of these orders' },
        unit: 'percent',
        from: { sql: 'if(countIf(bought) < {t_minOrders:Float64}, NULL, 100 * countIf(refunded) / countIf(bought))' },
      },
      complaints: {
        name: { zh: '下单后 30 天内投诉率', en: 'Complaints within 30 days of these orders' },
        unit: 'percent',
        from: { sql: 'if(countIf(bought) < {t_minOrders:Float64}, NULL, 100 * countIf(complained) / countIf(bought))' },
      },
      harmed: {
        name: { zh: '退款或投诉的订单', en: 'Orders refunded or complained of' },
        unit: 'count',
        from: { sql: 'countIf(refunded OR complained)' },
      },
      linkSessions: {
        name: { zh: '多链接的售后会话', en: 'After-sales sessions with many links' },
        unit: 'count',
        from: { sql: 'countIf(many_links)' },
      },
    },
    alternatives: [
      { needs: ['orders'], all: [z('conversion', 'conversionZ'), z('refunds', 'harmZ'), value('harmed', 'harmed')] },
      {
        needs: ['orders', 'tickets'],
        all: [z('conversion', 'conversionZ'), z('complaints', 'harmZ'), value('harmed', 'harmed')],
      },
      { needs: ['productLinks'], all: [value('linkSessions', 'linkSessions')] },
    ],
    observations: `
  SELECT ${ofSession()},
    arrayFilter(o -> o.1 > facts.started_at AND o.1 < toDateTime64(toDate32(facts.started_at, {tz:String}) + 2, 3, {tz:String}), sold.orders) AS own,
    arrayExists(o -> o.1 <= facts.started_at, sold.orders) AS bought_before,
    notEmpty(own) AS bought,
    arrayExists(o -> o.2 > 0, own) AS refunded,
    arrayExists(o -> arrayExists(c -> c > o.1 AND c <= o.1 + INTERVAL 30 DAY, filed.complaints), own) AS complained,
    linked.links >= 3 AND (bought_before OR has(filed.sessions, facts.session_id)) AS many_links,
    refunded OR complained OR many_links AS hit
  FROM ${repliedSessions(`NOT agent_initiated AND customer_id != ''`)}
  GLOBAL LEFT JOIN (
    SELECT customer_id, groupArray((created_at, coalesce(refunded_fen, 0))) AS orders FROM ${orderRows} WHERE paid_at IS NOT NULL AND cancelled_at IS NULL GROUP BY customer_id
  ) AS sold ON facts.customer_id = sold.customer_id
  GLOBAL LEFT JOIN (
    SELECT customer_id, groupArrayIf(created_at, kind = 'complaint') AS complaints, groupArrayIf(session_id, kind NOT IN ('consult', 'other')) AS sessions FROM ticket_facts FINAL GROUP BY customer_id
  ) AS filed ON facts.customer_id = filed.customer_id
  GLOBAL LEFT JOIN (SELECT session_id, count() AS links FROM messages WHERE ${messagesOfPeriod} AND kind = 'product' AND sender = 'agent' GROUP BY session_id) AS linked
    ON facts.session_id = linked.session_id`,
  },
  {
    id: 'premature_close',
    name: { zh: '过早关单', en: 'Premature close' },
    rule: {
      zh: '关单或结束后 72 小时内重开或同一问题再来的占比，比同岗级同队列高（稳健 z ≥ {z}，且不低于中位数的 {times} 倍）；或关单后 10 分钟内由同一客服为同一客户另开新单，不少于 {renewed} 次。',
      en: 'The share that is reopened, or comes back with the same issue within 72 hours of the close, is high against the same tier and queue (robust z ≥ {z}, and at least {times} times the median); or the same agent opened a new ticket for the same customer within 10 minutes of a close, at least {renewed} times.',
    },
    innocent: { zh: '一个客户有两件事，就会有两张单。', en: 'A customer with two matters has two tickets.' },
    thresholds: {
      z: atLeastZ(),
      times: leastTimes(1.3),
      renewed: count({ zh: '关单后另开不少于', en: 'New tickets after a close, at least' }, 5),
      minN: minN(),
    },
    figures: {
      share: {
        name: { zh: '72 小时内再来的占比', en: 'Share that comes back within 72 hours' },
        unit: 'percent',
        from: { sql: '100 * countIf(back) / count()' },
      },
      renewed: {
        name: { zh: '关单 10 分钟内另开', en: 'New tickets within 10 minutes of a close' },
        unit: 'count',
        from: { sql: 'countIf(renewed)' },
      },
    },
    alternatives: [
      { needs: ['tickets'], all: [z('share', 'z'), timesMedian('share', 'times')] },
      { needs: ['tickets'], all: [value('renewed', 'renewed')] },
    ],
    observations: `
  SELECT agent_id, queue, kind, id, back, renewed, back OR renewed AS hit
  FROM (
    SELECT toString(owner_agent_id) AS agent_id, toString(queue) AS queue, 'session' AS kind, session_id AS id,
      next_contact_at IS NOT NULL AND next_contact_at <= closed_at + INTERVAL 72 HOUR AS back, false AS renewed
    FROM session_outcomes FINAL WHERE ${inPeriod('closed_at')} AND replied AND NOT excluded
    UNION ALL
    SELECT toString(owner_agent_id) AS agent_id, toString(queue) AS queue, 'ticket' AS kind, ticket_id AS id,
      (reopened_at IS NOT NULL AND reopened_at <= first_closed_at + INTERVAL 72 HOUR)
        OR (next_contact_at IS NOT NULL AND next_contact_at <= first_closed_at + INTERVAL 72 HOUR) AS back,
      arrayExists(t -> t.3 != ticket_id AND t.2 = owner_agent_id AND t.1 > last_close AND t.1 <= last_close + INTERVAL 10 MINUTE, others.tickets) AS renewed
    FROM (SELECT *, coalesce(closed_at, first_closed_at) AS last_close FROM ticket_facts FINAL WHERE first_closed_at IS NOT NULL AND ${inPeriod('first_closed_at')} AND NOT cancelled) AS closed
    LEFT JOIN (SELECT customer_id, groupArray((created_at, toString(owner_agent_id), ticket_id)) AS tickets FROM ticket_facts FINAL WHERE customer_id != '' GROUP BY customer_id) AS others
      ON closed.customer_id = others.customer_id
  )`,
  },
  {
    id: 'complaint_laundering',
    name: { zh: '改写投诉', en: 'Complaints rewritten before the count' },
    rule: {
      zh: '统计前 {beforeHours} 小时内，自己负责的投诉单被并入别单、改了类型或换了客户，不少于 {cases} 张。',
      en: 'Within {beforeHours} hours of the count, at least {cases} complaints of one’s own were merged, retyped or given to another customer.',
    },
    innocent: {
      zh: '集中整理错分的工单也会这样；看看改得对不对。',
      en: 'Putting wrongly filed tickets right looks the same; see whether the change was right.',
    },
    thresholds: {
      beforeHours: hours({ zh: '统计前多少小时', en: 'Before the count, hours' }, 24),
      cases: count({ zh: '不少于', en: 'At least' }, 3),
    },
    figures: {
      cases: {
        name: { zh: '被改写的投诉单', en: 'Complaints rewritten' },
        unit: 'count',
        from: { sql: 'countIf(hit)' },
      },
    },
    alternatives: [{ needs: ['ticketVersions'], all: [value('cases', 'cases')] }],
    observations: `
  SELECT if(change.7 = '', versions[-1].7, change.7) AS agent_id, '' AS queue, 'ticket' AS kind, ticket_id AS id, change.1 > 0 AS hit,
    arrayFirst((after, before) -> before.4 = 'complaint' AND after.1 <= {to:Int64} AND after.1 > {to:Int64} - 3600000 * ${limit('beforeHours')}
      AND (after.4 != 'complaint' OR after.5 != before.5 OR after.6 IN ('merged', 'cancelled')), arrayPopFront(versions), arrayPopBack(versions)) AS change
  FROM (
    SELECT ticket_id, min(created_at) AS opened_at,
      arraySort(groupArray((toUnixTimestamp64Milli(assumeNotNull(updated_at)), import_id, line, toString(tickets.kind), customer_id, lower(toString(status)), toString(tickets.agent_id)))) AS versions
    FROM tickets
    WHERE updated_at IS NOT NULL AND created_at < ${toAt}
    GROUP BY ticket_id
  )
  WHERE arrayExists(version -> version.4 = 'complaint', versions) AND (opened_at >= ${fromAt} OR hit)`,
  },
  {
    id: 'order_hijack',
    name: { zh: '抢订单', en: 'Order hijack' },
    rule: {
      zh: '客户已下单未付款、之前没有咨询过，客服在下单 {reminder} 之后主动发起会话：不少于 {cases} 单。这样的订单不应算任何人的业绩。',
      en: 'The agent writes first, more than {reminder} after the order, to a customer who has ordered but not yet paid and had asked nothing: at least {cases} orders. Such an order is nobody’s sale.',
    },
    innocent: { zh: '公司可能安排了催付岗位。', en: 'Reminding customers to pay may be somebody’s job.' },
    thresholds: {
      reminder: seconds({ zh: '下单多久之内算提醒', en: 'A reminder until so long after the order' }, 300),
      cases: count({ zh: '不少于', en: 'At least' }, 3),
    },
    figures: {
      cases: {
        name: { zh: '下单后付款前主动联系的订单', en: 'Orders contacted between order and payment' },
        unit: 'count',
        from: { sql: 'uniqExactIf(id, hit)' },
      },
    },
    alternatives: [{ needs: ['orders', 'agentInitiated'], all: [value('cases', 'cases')] }],
    observations: `
  SELECT toString(first_agent_id) AS agent_id, toString(queue) AS queue, if(taken.1 = '', 'session', 'order') AS kind, if(taken.1 = '', facts.session_id, taken.1) AS id,
    arrayFirst(o -> o.2 + toIntervalMillisecond(${ms('reminder')}) < facts.started_at AND facts.started_at < o.3 AND NOT arrayExists(asked -> asked < o.2 AND asked >= o.2 - INTERVAL 15 DAY, inquiries.at), sold.orders) AS taken,
    taken.1 != '' AS hit
  FROM (
    SELECT * FROM session_facts FINAL WHERE ${inPeriod('started_at')} AND agent_initiated AND NOT test AND customer_id != ''
  ) AS facts
  GLOBAL INNER JOIN (
    SELECT customer_id, groupArray((order_id, created_at, assumeNotNull(paid_at))) AS orders FROM ${orderRows} WHERE paid_at IS NOT NULL GROUP BY customer_id
  ) AS sold ON facts.customer_id = sold.customer_id
  LEFT JOIN (
    SELECT customer_id, groupArray(started_at) AS at FROM session_facts FINAL WHERE NOT agent_initiated AND NOT ${excludedX} AND customer_id != '' GROUP BY customer_id
  ) AS inquiries ON facts.customer_id = inquiries.customer_id`,
  },
  {
    id: 'knowledge_spam',
    name: { zh: '知识条目灌水', en: 'Knowledge spam' },
    rule: {
      zh: '提交的知识条目与已有条目相似度 ≥ 0.9，或采纳后 90 天内使用不到 3 次。',
      en: 'A submitted entry is at least 0.9 like an existing one, or is used fewer than 3 times in the 90 days after its adoption.',
    },
    innocent: { zh: '冷门但必要的条目使用本来就少。', en: 'A necessary entry on a rare matter is used rarely.' },
    thresholds: {},
    figures: {},
    alternatives: [{ needs: ['knowledgeEntries'], all: [] }],
    observations: null,
  },
];
