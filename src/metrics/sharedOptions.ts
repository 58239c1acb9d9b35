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
