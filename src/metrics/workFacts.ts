import { between, duration, type FactParts, flag, places, sliced, text } from './factColumns.ts';

const perPerson = ['agent', 'team', 'shop', 'day', 'hour'] as const;
const dayOf = (name: { zh: string; en: string }, sql: string, setWhen = 'seen') => duration(name, sql, setWhen);

/** What metrics of one's own count besides conversations, tickets and ratings: waiting, alerts, requests, days by state, incidents. */
export const workFacts = {
  queued: {
    relation: 'queued',
    name: { zh: '排队', en: 'Waits in a queue' },
    columns: {
      ...places,
      outcome: {
        ...{ name: { zh: '排队结果', en: 'How the wait ended' }, type: 'choice', sql: 'outcome' },
        choices: ['answered', 'abandoned', 'waiting'],
      },
      wait: duration({ zh: '等待时长', en: 'Time waited' }, 'wait_ms', `outcome != 'waiting'`),
    },
    credited: {},
    teamOf: 'owner_agent_id',
    counted: { start: 'started_at' },
    without: 'queue',
    dimensions: ['team', 'shop', 'channel', 'queue', 'day', 'hour'],
  },
  botSessions: {
    relation: 'botSessions',
    name: { zh: '机器人参与的会话', en: 'Sessions with a bot' },
    columns: {
      ...places,
      bot_only: flag({ zh: '没有转到人工', en: 'No person took part' }, 'bot_only'),
      next_contact: between({ zh: '到下次联系的时间', en: 'Time to the next contact' }, 'closed_at', 'next_contact_at'),
    },
    credited: {},
    teamOf: 'owner_agent_id',
    counted: { close: 'closed_at', window: (windowMs) => `addMilliseconds(closed_at, ${windowMs})` },
    without: 'bot',
    dimensions: ['team', 'shop', 'channel', 'queue', 'day', 'hour'],
  },
  alerts: {
    relation: 'alerts',
    name: { zh: '预警', en: 'Alerts' },
    columns: {
      kind: text(
        { zh: '预警类别（alert: 之后的部分）', en: 'Kind of alert (what follows alert:)' },
        'substring(item, 7)',
      ),
      about_session: flag({ zh: '针对会话', en: 'About a session' }, `about_session`),
      acted: flag({ zh: '有人处理', en: 'Acted on by a person' }, 'isNotNull(acted_at)'),
      act_after: {
        ...between({ zh: '到有人处理的时间', en: 'Time until a person acted' }, 'at', 'acted_at'),
        setWhen: 'isNotNull(acted_at) AND acted_at >= at',
      },
    },
    credited: { answerable: 'answerable' },
    counted: { event: 'at', window: (windowMs) => `addMilliseconds(at, ${windowMs})` },
    without: 'overturned',
    dimensions: perPerson,
  },
  interventions: {
    relation: 'rescues',
    name: { zh: '干预过的会话预警', en: 'Alerts about a session, with an intervention' },
    columns: {
      bad_rating_after: duration(
        { zh: '到 1–2 星评价的时间', en: 'Time until a rating of 1 or 2 stars' },
        'bad_after_ms',
        'bad_after_ms > 0',
      ),
    },
    credited: { P: 'agent_id' },
    counted: { event: 'at', window: (windowMs) => `addMilliseconds(at, ${windowMs})` },
    without: 'overturned',
    dimensions: perPerson,
  },
  requests: {
    relation: 'acrossTeams',
    name: { zh: '跨部门请求', en: 'Requests of other teams' },
    columns: {
      ...places,
      priority: {
        ...{ name: { zh: '优先级', en: 'Priority' }, type: 'choice', sql: 'priority' },
        choices: ['normal', 'urgent'],
      },
      waited: duration(
        { zh: '等到首次处理的时间（未处理的按已等待）', en: 'Wait for the first act (unanswered: so far)' },
        'waited_ms',
      ),
    },
    credited: { answerer: 'answerer_id', O: 'owner_agent_id' },
    counted: { creation: 'created_at' },
    without: 'cancelled',
    dimensions: [...sliced, 'priority'],
  },
  inquiries: {
    relation: 'inquirers',
    name: { zh: '询单客户（人天）', en: 'Inquirers (customer days)' },
    columns: {
      ...places,
      bought: flag({ zh: '次日结束前付款', en: 'Paid by the end of the next day' }, `verdict_order_lastChat_2.1 != ''`),
      presale: flag({ zh: '队列或问题写明售前', en: 'Queue or issue says pre-sale' }, 'inquiry_presale'),
    },
    credited: { inquirer: `if(verdict_order_lastChat_2.1 != '', verdict_order_lastChat_2.1, asked_lastChat)` },
    counted: { start: 'started_at' },
    without: 'paid',
    dimensions: sliced,
  },
  approaches: {
    relation: 'guided',
    name: { zh: '主动联系的老客户（人天）', en: 'Earlier buyers approached (customer days)' },
    columns: { ...places, bought: flag({ zh: '30 天内付款', en: 'Paid within 30 days' }, 'bought') },
    credited: { guide: 'agent_id' },
    counted: { start: 'started_at', window: (windowMs) => `addMilliseconds(started_at, ${windowMs})` },
    without: 'approached',
    dimensions: sliced,
  },
  states: {
    relation: 'stateDays',
    name: { zh: '客服一天的状态与排班', en: 'Agents’ days by state and schedule' },
    columns: {
      seen: flag({ zh: '当天有状态记录', en: 'Some state is known of the day' }, 'seen'),
      absent: flag({ zh: '当天的班次都没有到岗', en: 'No shift of the day was attended' }, 'absent_all'),
      available: dayOf({ zh: '空闲时长', en: 'Time available' }, 'available_ms'),
      handling: dayOf({ zh: '正在处理的时长', en: 'Time handling' }, 'handling_ms'),
      scheduled: dayOf({ zh: '排班时长', en: 'Time scheduled' }, 'scheduled_ms', 'scheduled_ms > 0'),
      adherent: dayOf(
        { zh: '排班内的工作时长', en: 'Time worked as scheduled' },
        'adherent_ms',
        'scheduled_ms > 0 AND (seen OR absent_all)',
      ),
      present: dayOf({ zh: '到岗时长', en: 'Time present' }, 'paid_ms', 'paid_ms > 0'),
      productive: dayOf(
        { zh: '到岗且在工作的时长', en: 'Time present and working' },
        'productive_ms',
        'paid_ms > 0 AND seen',
      ),
    },
    credited: { P: 'agent_id' },
    counted: { event: 'at' },
    without: 'unseen',
    dimensions: ['agent', 'team', 'shop', 'day'],
  },
  incidents: {
    relation: 'incidents',
    name: { zh: '已确认的事项', en: 'Confirmed incidents' },
    columns: {
      item: text({ zh: '事项', en: 'Item' }, 'item'),
      severity: text({ zh: '轻重', en: 'Severity' }, 'severity'),
    },
    credited: { P: 'agent_id' },
    counted: { event: 'at' },
    happened: 'happened = 1',
    without: 'unconfirmed',
    dimensions: ['agent', 'team', 'shop'],
  },
} as const satisfies Readonly<Record<string, FactParts>>;
