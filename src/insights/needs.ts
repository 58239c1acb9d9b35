import type { Bilingual } from '../platform/language.ts';

const inPeriod = (instant: string) =>
  `${instant} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${instant} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
const states = (type: string) =>
  `SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type IN (${type}) AND ${inPeriod('at')} LIMIT 1)`;
const sessions = (where: string) =>
  `SELECT count() FROM (SELECT 1 FROM sessions WHERE ${inPeriod('started_at')} AND ${where} LIMIT 1)`;
const messages = (where: string) =>
  `SELECT count() FROM (SELECT 1 FROM messages WHERE ${inPeriod('at')} AND ${where} LIMIT 1)`;

/**
 * What a signal cannot do without: its words, and a query that finds 1 where the period has such rows, 0 where it has not.
 * Null: no query tells.
 */
export const needs = {
  endedBy: {
    words: { zh: '会话里由谁结束（ended_by）', en: 'sessions.ended_by (who ended the session)' },
    sql: sessions(`ended_by != ''`),
  },
  endedAt: {
    words: { zh: '会话的结束时间（ended_at）', en: 'sessions.ended_at (when it ended)' },
    sql: sessions('ended_at IS NOT NULL'),
  },
  customerText: {
    words: { zh: '消息里客户写的文字', en: 'messages: what customers wrote' },
    sql: messages(`sender = 'customer' AND text != ''`),
  },
  agentText: {
    words: { zh: '消息里客服写的文字', en: 'messages: what agents wrote' },
    sql: messages(`sender = 'agent' AND text != ''`),
  },
  productLinks: {
    words: { zh: '消息里的商品链接（kind=product）', en: 'messages with kind=product (product links)' },
    sql: messages(`kind = 'product'`),
  },
  tickets: {
    words: { zh: '工单', en: 'tickets' },
    sql: `SELECT count() FROM (SELECT 1 FROM tickets WHERE ${inPeriod('created_at')} LIMIT 1)`,
  },
  ticketVersions: {
    words: {
      zh: '工单的历史版本（同一工单多次导入，带 updated_at 列）',
      en: 'earlier versions of tickets (the same ticket imported again, with updated_at)',
    },
    sql: `SELECT count() FROM (SELECT ticket_id FROM tickets WHERE updated_at IS NOT NULL GROUP BY ticket_id HAVING count() > 1 LIMIT 1)`,
  },
  orders: {
    words: { zh: '订单及其付款时间（paid_at）', en: 'orders with paid_at' },
    sql: `SELECT count() FROM (SELECT 1 FROM orders WHERE ${inPeriod('created_at')} AND paid_at IS NOT NULL LIMIT 1)`,
  },
  invitations: {
    words: {
      zh: '邀评（invited_at、kind=invitation 或 invited 事件）',
      en: 'invitations (invited_at, kind=invitation or invited events)',
    },
    sql: `SELECT count() FROM (SELECT 1 FROM session_facts FINAL WHERE ${inPeriod('started_at')} AND invited LIMIT 1)`,
  },
  ratings: {
    words: { zh: '评价', en: 'ratings' },
    sql: `SELECT count() FROM (SELECT 1 FROM ratings WHERE ${inPeriod('at')} LIMIT 1)`,
  },
  ratingDevices: {
    words: { zh: '评价的设备（device）', en: 'ratings.device' },
    sql: `SELECT count() FROM (SELECT 1 FROM ratings WHERE ${inPeriod('at')} AND device != '' LIMIT 1)`,
  },
  assessments: {
    words: { zh: '评定里的服务专业性（professionalism）', en: 'assessments of professionalism (quality checks)' },
    sql: `SELECT count() FROM (SELECT 1 FROM assessments WHERE item = 'professionalism' LIMIT 1)`,
  },
  transfers: {
    words: { zh: '转接事件（transferred）', en: 'events of type transferred' },
    sql: `SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'session' AND type = 'transferred' AND ${inPeriod('at')} LIMIT 1)`,
  },
  onlineStates: {
    words: { zh: '客服在线状态的事件（online）', en: 'events: agent state online' },
    sql: states(`'online'`),
  },
  awayStates: {
    words: { zh: '客服忙碌或离线状态的事件（busy、offline）', en: 'events: agent state busy or offline' },
    sql: states(`'busy', 'offline'`),
  },
  attendance: {
    words: { zh: '考勤的实际上下班时间', en: 'attendance with actual_start and actual_end' },
    sql: `SELECT count() FROM (SELECT 1 FROM attendance WHERE ${inPeriod('scheduled_start')} AND actual_start IS NOT NULL AND actual_end IS NOT NULL LIMIT 1)`,
  },
  agentInitiated: {
    words: { zh: '客服主动发起的会话（initiated_by）', en: 'sessions initiated by agents (initiated_by)' },
    sql: sessions(`initiated_by != ''`),
  },
  /** Of whom there are enough shows only when they are counted (judge.ts). */
  colleagues: {
    words: { zh: '不少于 8 名可以互相比较的人', en: 'at least 8 comparable people' },
    sql: null,
  },
  knowledgeEntries: {
    words: {
      zh: '知识库条目及其采纳与使用记录（目前没有这类数据）',
      en: 'knowledge entries with their adoption and use (no kind of data brings them yet)',
    },
    sql: null,
  },
} as const satisfies Readonly<Record<string, { readonly words: Bilingual; readonly sql: string | null }>>;

export type NeedName = keyof typeof needs;

/** One query for all needs that a query can answer: each column is 1 or 0. */
export const needsSql = (names: readonly NeedName[]): string =>
  `SELECT ${names.flatMap((name) => (needs[name].sql === null ? [] : [`(${needs[name].sql}) > 0 AS ${name}`])).join(', ')}`;
