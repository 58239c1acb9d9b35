import { between, count, duration, type FactParts, flag, happened, places, sliced, text } from './factColumns.ts';
import { workFacts } from './workFacts.ts';

/**
 * What people may compose a metric of their own from: the closed lists. Nothing outside them ever reaches a query, and every
 * string of SQL is written here, in workFacts.ts and in factColumns.ts.
 */
export const facts = {
  sessions: {
    relation: 'sessions',
    name: { zh: '会话', en: 'Sessions' },
    columns: {
      ...places,
      replied: flag({ zh: '已人工回复', en: 'Replied to by a person' }, 'replied'),
      invited: flag({ zh: '已邀评', en: 'Rating asked for' }, 'invited'),
      rated: flag({ zh: '已评价', en: 'Rated' }, 'isNotNull(rated_at)'),
      outside_hours: flag({ zh: '服务时间外开始', en: 'Started outside service hours' }, 'outside_hours'),
      first_reply: duration({ zh: '首次回复用时', en: 'First reply time' }, 'first_reply_ms', 'replied'),
      length: between({ zh: '会话时长', en: 'Length of the session' }, 'started_at', 'closed_at'),
    },
    credited: { F: 'first_agent_id', O: 'owner_agent_id' },
    counted: { start: 'started_at', close: 'closed_at' },
    without: 'X',
    dimensions: sliced,
  },
  slices: {
    relation: 'slices',
    name: { zh: '客服在会话中的部分', en: 'Agents’ parts of sessions' },
    columns: {
      ...places,
      replies: count({ zh: '人工回复条数', en: 'Human replies' }, 'replies'),
      turns: count({ zh: '已回复轮次', en: 'Answered turns' }, 'turns'),
      open_turns: count({ zh: '未回复轮次', en: 'Unanswered turns' }, 'open_turns'),
      within_3min: count({ zh: '3 分钟内回复的轮次', en: 'Turns answered within 3 minutes' }, 'within_3min'),
      reply_time: duration(
        { zh: '各轮次回复用时之和', en: 'Reply times of the turns, added up' },
        'reply_ms',
        'turns > 0',
      ),
      moved_out: flag({ zh: '转出或升级', en: 'Passed on' }, 'moved_out = 1'),
      handled: duration(
        { zh: '处理时长（处理、保持、事后整理）', en: 'Handle time (active, hold, after contact)' },
        'handle_ms',
      ),
      active: duration({ zh: '互动时长（间隔最多算 60 秒）', en: 'Interaction (gaps of 60 s at most)' }, 'active_ms'),
      span: duration({ zh: '所占的会话时长', en: 'Part of the session’s duration' }, 'span_ms'),
      kb_used: flag({ zh: '调用过知识库', en: 'Used the knowledge base' }, 'kb_used = 1'),
      outside_hours: flag({ zh: '服务时间外开始', en: 'Started outside service hours' }, 'outside_hours'),
    },
    credited: { E: 'agent_id' },
    counted: { start: 'started_at', close: 'closed_at' },
    // The relation also has the complaints that name an agent, for metrics that divide by sessions handled.
    where: `kind = 'session'`,
    without: 'X',
    dimensions: sliced,
  },
  outcomes: {
    relation: 'outcomes',
    name: { zh: '会话关闭之后', en: 'What came after sessions' },
    columns: {
      ...places,
      replied: flag({ zh: '已人工回复', en: 'Replied to by a person' }, 'replied'),
      moved: flag({ zh: '转接或升级过', en: 'Transferred or escalated' }, 'moved'),
      next_contact: between(
        { zh: '到同一问题下次联系的时间', en: 'Time to the next contact on the same issue' },
        'closed_at',
        'next_contact_at',
      ),
    },
    credited: { O: 'owner_agent_id' },
    counted: { close: 'closed_at', window: (windowMs) => `addMilliseconds(closed_at, ${windowMs})` },
    without: 'knownX',
    dimensions: sliced,
  },
  tickets: {
    relation: 'tickets',
    name: { zh: '工单', en: 'Tickets' },
    columns: {
      ...places,
      kind: {
        ...{ name: { zh: '种类', en: 'Kind' }, type: 'choice', sql: 'ticket_kind' },
        choices: ['consult', 'complaint', 'install', 'repair', 'return', 'other'],
      },
      priority: {
        ...{ name: { zh: '优先级', en: 'Priority' }, type: 'choice', sql: 'priority' },
        choices: ['normal', 'urgent'],
      },
      contacts: count({ zh: '客户联系次数', en: 'Contacts by the customer' }, 'contacts'),
      reopened: flag({ zh: '重开过', en: 'Reopened' }, 'reopened'),
      escalated: flag({ zh: '升级过', en: 'Escalated' }, 'escalated'),
      closed: flag({ zh: '已关闭', en: 'Closed' }, 'isNotNull(closed_at)'),
      cycle: between({ zh: '从创建到最后关闭', en: 'From creation to the last close' }, 'created_at', 'closed_at'),
      first_close: between(
        { zh: '从创建到首次关闭', en: 'From creation to the first close' },
        'created_at',
        'first_closed_at',
      ),
    },
    credited: { O: 'owner_agent_id', fixer: 'fixer_agent_id' },
    counted: {
      creation: 'created_at',
      close: happened('closed_at'),
      window: (windowMs) => happened(`addMilliseconds(first_closed_at, ${windowMs})`),
    },
    without: 'cancelled',
    dimensions: [...sliced, 'priority'],
  },
  ratings: {
    relation: 'ratings',
    name: { zh: '评价', en: 'Ratings' },
    columns: {
      ...places,
      score: count({ zh: '星级', en: 'Stars' }, 'score'),
      nps: count({ zh: '推荐分', en: 'Likelihood to recommend' }, 'assumeNotNull(nps)', 'isNotNull(nps)'),
    },
    credited: { O: 'owner_agent_id' },
    counted: { event: 'at' },
    without: 'rating',
    dimensions: sliced,
  },
  orders: {
    relation: 'orders',
    name: { zh: '订单', en: 'Orders' },
    columns: {
      ...places,
      net: {
        name: { zh: '付款减退款（元）', en: 'Paid minus refunded (yuan)' },
        type: 'amount',
        sql: 'net_fen * 10000',
      },
      refunded: flag({ zh: '有退款', en: 'Refunded' }, 'refunded'),
      repeated: flag({ zh: '老客户', en: 'Of an earlier buyer' }, 'repeated'),
      first_of_day: flag({ zh: '客户当天第一单', en: 'The buyer’s first of the day' }, 'buyer'),
    },
    credited: { sale: 'verdict_order_lastChat_2.1' },
    counted: { payment: 'at' },
    where: 'NOT clawed_back_15',
    without: 'order',
    dimensions: sliced,
  },
  attendance: {
    relation: 'attendance',
    name: { zh: '班次', en: 'Shifts' },
    columns: {
      attended: flag({ zh: '到岗', en: 'Attended' }, 'isNotNull(actual_start)'),
      late_by: {
        ...between({ zh: '迟到时长', en: 'Late by' }, 'scheduled_start', 'actual_start'),
        setWhen: 'isNotNull(actual_start) AND actual_start > scheduled_start',
      },
      scheduled: between({ zh: '排班时长', en: 'Scheduled time' }, 'scheduled_start', 'scheduled_end'),
    },
    credited: { P: 'agent_id' },
    counted: { event: 'scheduled_start' },
    where: `isNotNull(actual_start) OR scheduled_end <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')`,
    without: 'none',
    dimensions: ['agent', 'team', 'shop', 'day', 'hour'],
  },
  agentDays: {
    relation: 'agentDays',
    name: { zh: '客服在岗的日子', en: 'Agents’ days present' },
    columns: {
      customers: count({ zh: '回复过的不同客户', en: 'Distinct customers replied to' }, 'customers'),
      online: duration({ zh: '在岗时长', en: 'Time present' }, 'online_ms'),
    },
    credited: { E: 'agent_id' },
    counted: { event: 'at' },
    without: 'X',
    dimensions: ['agent', 'team', 'shop', 'day'],
  },
  assessments: {
    relation: 'assessments',
    name: { zh: '评定', en: 'Assessments' },
    columns: {
      item: text({ zh: '评定项', en: 'Item' }, 'item'),
      value: { name: { zh: '评定值', en: 'Value' }, type: 'amount', sql: 'toInt64(value * 1000000)' },
    },
    credited: { P: 'agent_id' },
    counted: { assessed: 'addMilliseconds(ends, -1)' },
    where: `begins >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ends <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    without: 'none',
    dimensions: ['agent', 'team', 'shop'],
  },
  ...workFacts,
} as const satisfies Readonly<Record<string, FactParts>>;

export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as [FactName, ...FactName[]];
/** A fact's lists without its literal types, for code that walks over any of them. */
export const factParts = (fact: FactName): FactParts => facts[fact];
