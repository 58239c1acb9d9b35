import type { Counting, MetricOption } from './metricDefinition.ts';

/**
 * Options that several metrics offer. A counting that names `$option` combines with all of them; `perTurn` is the counting over single
 * turns that a metric needs as soon as sums by agent no longer tell enough.
 */
type Change = Partial<Counting>;

/** The figure is a percentile of the observations instead of their mean; `single` where the usual counting is of sums. */
export const statOption = (single: Change = {}): MetricOption => ({
  description: {
    zh: '取中位数（median）或百分位（p75、p90、p95）代替平均（mean）：先将每个观测值舍去至三位有效数字（1000 毫秒以下不舍），再取最近秩，误差小于 1%；分子和分母仍为总和与个数',
    en: 'median, p75, p90 or p95 instead of the mean: observations are cut to three significant digits (exact below 1000 ms), then the nearest rank is taken, off by less than 1%; numerator and denominator stay sum and count',
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
  description: {
    zh: '计时方式：calendar 客服计时、自然时间；business 客服计时、只计服务时间；customer 客户计时（从提问起）、自然时间',
    en: 'calendar: agent clock, calendar time; business: agent clock within service hours; customer: from the question on, calendar time',
  },
  values: { calendar: {}, business: single, customer: single },
  standard: 'calendar',
});

/** `outside_$hours` is a column. */
export const hoursOption = (single: Change = {}): MetricOption => ({
  description: {
    zh: '计入哪些时间开始的会话：shop 本店服务时间内且有人在岗；all 全天；8to23、9to23 每天 08:00 或 09:00 至 23:00',
    en: 'Sessions started when: shop within the shop’s service hours and somebody present; all at any time; 8to23, 9to23 daily from 08:00 or 09:00 to 23:00',
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
