import type { Counting, MetricOption } from './metricDefinition.ts';

/**
 * Options that several metrics offer. A counting that names `$option` combines with all of them; `perTurn` is the counting over single
 * turns that a metric needs as soon as sums by agent no longer tell enough.
 */
type Change = Partial<Counting>;

/** The figure is a percentile of the observations instead of their mean; `single` where the usual counting is of sums. */
export const statOption = (single: Change = {}): MetricOption => ({
  description: { zh: '统计方式', en: 'Statistic' },
  note: {
    zh: '百分位：观测值舍去至三位有效数字（1000 毫秒以下不舍），从小到大取最近秩，误差小于 1%；分子、分母仍为总和与个数',
    en: 'percentiles: observations cut to three significant digits (exact below 1000 ms), nearest rank, off by less than 1%; numerator and denominator stay sum and count',
  },
  labels: {
    mean: { zh: '平均', en: 'Mean' },
    median: { zh: '中位数', en: 'Median' },
    p75: { zh: '75% 百分位', en: '75th percentile' },
    p90: { zh: '90% 百分位', en: '90th percentile' },
    p95: { zh: '95% 百分位', en: '95th percentile' },
  },
  values: {
    mean: {},
    median: { ...single, percentile: 50 },
    p75: { ...single, percentile: 75 },
    p90: { ...single, percentile: 90 },
    p95: { ...single, percentile: 95 },
  },
  standard: 'mean',
});

/** `$clock` becomes part of a column's name. */
export const clockOption = (single: Change = {}): MetricOption => ({
  description: { zh: '计时方式', en: 'Clock' },
  labels: {
    calendar: { zh: '客服计时，自然时间', en: 'Agent clock, calendar time' },
    business: { zh: '客服计时，只计服务时间', en: 'Agent clock, service hours only' },
    customer: { zh: '客户计时（从提问起），自然时间', en: 'From the question on, calendar time' },
  },
  values: { calendar: {}, business: single, customer: single },
  standard: 'calendar',
});

/** The same for tickets, `cycle_$clock`. */
export const ticketClockOption: MetricOption = {
  description: { zh: '计时方式', en: 'Clock' },
  note: {
    zh: '服务时间：工单所关联会话的店铺的服务时间，没有关联会话的按通用服务时间',
    en: 'service hours: those of the shop of the session that a ticket is about; without a session the general ones',
  },
  labels: {
    calendar: { zh: '自然时间', en: 'Calendar time' },
    business: { zh: '只计服务时间', en: 'Service hours only' },
  },
  values: { calendar: {}, business: {} },
  standard: 'calendar',
};

/** `outside_$hours` is a column. */
export const hoursOption = (single: Change = {}): MetricOption => ({
  description: { zh: '计入哪些时间开始的会话', en: 'Which sessions count, by their start' },
  labels: {
    shop: { zh: '本店服务时间内且有人在岗', en: 'Within the shop’s service hours, somebody present' },
    all: { zh: '全天', en: 'At any time' },
    '8to23': { zh: '每天 08:00–23:00', en: 'Daily 08:00–23:00' },
    '9to23': { zh: '每天 09:00–23:00', en: 'Daily 09:00–23:00' },
  },
  values: { shop: {}, all: single, '8to23': single, '9to23': single },
  standard: 'shop',
});

/** Of metrics over the relation `sessions`; `rejoinedSessions` has what they mention. */
export const returnsOption: MetricOption = {
  description: { zh: '关闭后不到 10 分钟又来的客户', en: 'Customers who return less than 10 minutes after the close' },
  note: {
    zh: '并入：同一客户在同一店铺和渠道，上一会话关闭前或关闭后不到 10 分钟又开始的会话与它合为一个，满 10 分钟另算；没有结束时间的，关闭是最后一条消息。合成的会话按第一段的开始时间和队列计；首次回复是最早有人工回复的那一段的首次回复，计时一般按那一段，但客户计时从前面没人回复的提问起，这个提问若一直在回复者手里，客服计时的自然时间也从它起。不计入的会话（如纯机器人）和不知道客户是谁的会话不参与合并。会话编号不变，背后的记录里列出并入的会话',
    en: 'rejoin: a session of the same customer, shop and channel that begins before the close of the one before it, or less than 10 minutes after, is one with it; from 10 minutes on it is another; where no end is known the close is the last message. The whole goes by the start and the queue of its first part; its first reply is that of the first part in which a person replied, timed as there, but the customer’s clock runs from an earlier question that nobody answered, and so does the agent’s in calendar time where the question was in the hands of who replies all the while. Sessions that do not count (such as bot-only) and those of unknown customers neither join nor are joined. Ids stay as they are; the records behind a figure name the sessions that were joined',
  },
  labels: {
    apart: { zh: '另算一个会话', en: 'Begin another session' },
    rejoin: { zh: '并入原来的会话', en: 'Rejoin the session' },
  },
  values: { apart: {}, rejoin: { relation: 'rejoinedSessions' } },
  standard: 'apart',
};

/** A threshold that the asker chooses; `$within` in the counting is the number of seconds (or hours). */
export const withinOption = (
  unit: 'seconds' | 'hours',
  standard: number,
  max: number,
  single: Change = {},
): MetricOption => ({
  description:
    unit === 'seconds'
      ? { zh: '达标时限（秒）', en: 'Threshold in seconds' }
      : { zh: '达标时限（小时）', en: 'Threshold in hours' },
  values: {},
  range: { min: 1, max, unit, change: single },
  standard: String(standard),
});

/** `capped` is the counting with `$cap`, in seconds. */
export const capOption = (capped: Change): MetricOption => ({
  description: {
    zh: '单次回复最多计多少秒，超出部分不计',
    en: 'Seconds that one reply counts at most',
  },
  values: {},
  range: { min: 1, max: 86_400, unit: 'seconds', change: capped },
});
