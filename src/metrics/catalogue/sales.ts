import { creditBys, dayMs, defaultVerdict, verdictRules, windowDays } from '../../facts/orderVerdict.ts';
import { defineMetric, type MetricOption } from '../metricDefinition.ts';
import { fromAt, toAt } from '../relations.sql.ts';
import { clawBackDays, clawedBack } from '../salesRelations.sql.ts';

const sliced = ['agent', 'team', 'shop', 'channel', 'queue', 'day', 'hour'] as const;
const anyOf = (values: readonly (string | number)[]) => Object.fromEntries(values.map((value) => [String(value), {}]));

const verdictOptions: Readonly<Record<string, MetricOption>> = {
  verdict: {
    description: {
      zh: '判定规则：order 下单判定，payment 付款判定，orderFirst 下单优先判定（下单前没有咨询时按付款判定）',
      en: 'Verdict rule: order by what came before the order was placed, payment before it was paid, orderFirst the first of the two that credits somebody',
    },
    values: anyOf(verdictRules),
    standard: 'order',
  },
  credit: {
    description: {
      zh: '多位客服接待时归谁：lastChat 最后回复的，rounds 轮次最多的',
      en: 'Which of several agents: lastChat who answered last, rounds who had the most rounds',
    },
    values: anyOf(creditBys),
    standard: defaultVerdict.credit,
  },
  window: {
    description: { zh: '询单有效期（天）', en: 'Days for which an inquiry stays valid' },
    values: anyOf(windowDays),
    standard: String(defaultVerdict.windowDays),
  },
};
const orderOptions: Readonly<Record<string, MetricOption>> = {
  ...verdictOptions,
  clawback: {
    description: {
      zh: '付款后多少天内取消即收回归属；none 不收回',
      en: 'Days after the payment within which a cancellation takes the credit back; none: never',
    },
    values: anyOf([...clawBackDays, 'none']),
    standard: String(defaultVerdict.clawBackDays),
  },
};

const inquiryOptions: Readonly<Record<string, MetricOption>> = {
  ...verdictOptions,
  inquiry: {
    description: {
      zh: '哪些咨询算询单：all 全部，presale 仅队列或问题写明售前、选购、导购的',
      en: 'Which inquiries count: all, or presale, only those whose queue or issue says pre-sale',
    },
    values: anyOf(['all', 'presale']),
    standard: 'all',
  },
  buyers: {
    description: {
      zh: '哪些客户的咨询：all 全部，new 仅之前从未付过款的',
      en: 'Whose inquiries count: all, or new, only those of customers who had never paid before',
    },
    values: { all: {}, new: {} },
    standard: 'all',
  },
};

const verdict = 'verdict_$verdict_$credit_$window';
const order = { relation: 'orders', agent: `${verdict}.1`, at: 'at' } as const;
const stood = 'NOT clawed_back_$clawback';
const credited = `${stood} AND ${verdict}.1 != ''`;
const assisted = `${stood} AND ${verdict}.3 IN ('lastChat', 'mostRounds')`;
/**
 * Of the silent orders of the period, without any round in the fifteen days before: how many, and what they brought, taken back as assisted
 * ones are. Both sides of the ratio are multiplied by their number, so that their average is never rounded; beyond a million orders, where
 * integers would overflow, it is cut to a millionth of a fen.
 */
const ofSilent = (what: string) => `(SELECT ${what} FROM (
  SELECT least(count(), 1000000) AS orders, if(count() = 0, 0, intDiv(sum(amount_fen - refunded_fen) * orders, count())) AS fen
  FROM (SELECT *, ${Object.entries(clawedBack)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ')} FROM order_facts FINAL)
  WHERE paid_at >= ${fromAt} AND paid_at < ${toAt} AND NOT brushed AND empty(round_at) AND ${stood}))`;

const inquirer = {
  relation: 'inquirers',
  agent: `if(${verdict}.1 != '', ${verdict}.1, asked_$credit)`,
  at: 'started_at',
  where: 'inquiry_$inquiry AND buyers_$buyers',
  numerator: `${verdict}.1 != ''`,
  denominator: '1',
} as const;
const conversionWords = {
  numerator: {
    zh: '次日结束前付款的询单客户（人天）',
    en: 'Inquirers who paid by the end of the next day (customer days)',
  },
  denominator: { zh: '询单客户（人天）', en: 'Inquirers (customer days)' },
};

export const salesMetrics = [
  defineMetric({
    id: 'inquiry_conversion_rate',
    name: { zh: '询单转化率', en: 'Inquiry conversion rate' },
    unit: 'percent',
    better: 'higher',
    counting: inquirer,
    minN: 30,
    dimensions: sliced,
    options: inquiryOptions,
    words: {
      definition: {
        zh: '主动咨询并得到真人回复的客户中，次日结束前付款的比例。一位客户一天只计一次；已付款的客户来问的是售后，不计。',
        en: 'Share of the customers who asked and were answered that paid by the end of the next day. A customer counts once a day; who has already paid asks about what was bought and is not counted.',
      },
      ...conversionWords,
    },
    credited: 'inquirer',
    counted: 'start',
    without: 'paid',
    source: 'S1, S4; 15 d REC',
  }),
  defineMetric({
    id: 'avg_order_value',
    name: { zh: '客单价', en: 'Average order value' },
    unit: 'yuan',
    better: 'higher',
    counting: {
      ...order,
      where: credited,
      numerator: 'net_fen',
      denominator: '1',
      once: '(customer, toDate32(at, {tz:String}))',
    },
    numeratorScale: 100,
    minN: 30,
    dimensions: sliced,
    options: orderOptions,
    words: {
      definition: {
        zh: '归属订单的付款金额减去退款，除以付款客户数。一位客户一天有几笔归属订单也只计一次；当天分别归属几位客服的，在每位客服名下各计一次，在团队、店铺和全公司的合计里只计一次，所以各人的付款客户数相加可能多于合计。',
        en: 'Paid minus refunded on the orders credited, divided by paying buyers. A buyer counts once a day, however many of the day’s orders are credited; with orders credited to several agents once for each of them and once in a total of a team, a shop or the company, so agents’ buyers may add up to more than the total.',
      },
      numerator: { zh: '付款减退款（元）', en: 'Paid minus refunded (yuan)' },
      denominator: { zh: '付款客户（人天）', en: 'Paying buyers (customer days)' },
    },
    credited: 'sale',
    counted: 'payment',
    without: 'order',
    source: 'S1',
  }),
  defineMetric({
    id: 'order_value_uplift',
    name: { zh: '客单价提升比', en: 'Order value uplift' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...order,
      where: assisted,
      numerator: `net_fen * ${ofSilent('orders')} - ${ofSilent('fen')}`,
      denominator: ofSilent('fen'),
    },
    numeratorScale: 100,
    denominatorScale: 100,
    minN: 30,
    dimensions: sliced,
    options: orderOptions,
    words: {
      definition: {
        zh: '有客服接待的订单平均每单付款减退款，比同期全公司静默订单（15 天内没有咨询）的平均每单高出多少。两边都按同一个收回天数；为了不取整，分子分母都乘以静默订单数。',
        en: 'By how much an assisted order, paid minus refunded, exceeds the average silent order (no inquiry within 15 days) of the whole company in the same period. Both are taken back within the same days; so that nothing is rounded, numerator and denominator are multiplied by the number of silent orders.',
      },
      numerator: {
        zh: '超出静默订单均值的金额之和 × 静默订单数（元）',
        en: 'Sum of what exceeds the silent average × silent orders (yuan)',
      },
      denominator: {
        zh: '静默订单金额之和 × 接待订单数（元）',
        en: 'Sum of silent orders × assisted orders (yuan)',
      },
    },
    credited: 'sale',
    counted: 'payment',
    without: 'order',
    source: 'S1; REC',
  }),
  defineMetric({
    id: 'repurchase_guidance_rate',
    name: { zh: '复购引导成功率', en: 'Repurchase guidance rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'guided',
      agent: 'agent_id',
      at: `addMilliseconds(started_at, ${30 * dayMs})`,
      where: '1',
      numerator: 'bought',
      denominator: '1',
    },
    minN: 30,
    dimensions: sliced,
    words: {
      definition: {
        zh: '客服主动联系买过的客户，30 天内再次付款的比例。一位客户一天只计一次。',
        en: 'Share of the earlier buyers approached by an agent that paid again within 30 days. A customer counts once a day.',
      },
      numerator: { zh: '30 天内再次付款（人天）', en: 'Paid again within 30 days (customer days)' },
      denominator: { zh: '主动联系的老客户（人天）', en: 'Earlier buyers approached (customer days)' },
    },
    credited: 'guide',
    counted: 'window',
    without: 'approached',
    source: 'S1; REC',
  }),
  defineMetric({
    id: 'repurchase_revenue_share',
    name: { zh: '复购贡献率', en: 'Repurchase share of revenue' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...order,
      agent: null,
      teamOf: order.agent,
      where: stood,
      numerator: 'if(repeated, net_fen, 0)',
      denominator: 'net_fen',
    },
    numeratorScale: 100,
    denominatorScale: 100,
    minN: 30,
    dimensions: ['team', 'shop', 'channel', 'queue', 'day'],
    options: orderOptions,
    words: {
      definition: {
        zh: '买过的客户带来的付款减退款，占全部付款减退款的比例。',
        en: 'Share of all revenue, paid minus refunded, that comes from customers who had bought before.',
      },
      numerator: { zh: '老客户的付款减退款（元）', en: 'Revenue from repeat buyers (yuan)' },
      denominator: { zh: '全部付款减退款（元）', en: 'All revenue (yuan)' },
    },
    credited: 'G',
    counted: 'payment',
    without: 'order',
    source: 'S1',
  }),
  defineMetric({
    id: 'newcomer_conversion_rate',
    name: { zh: '新人成单率', en: 'Newcomers’ conversion rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...inquirer,
      where: `${inquirer.where} AND dateDiff('day', (SELECT mapFromArrays(groupArray(who), groupArray(since)) FROM (
    SELECT agent_id AS who, argMax(hired_on, valid_from) AS since FROM agent_history WHERE hired_on IS NOT NULL GROUP BY who
  ))[${inquirer.agent}], toDate32(started_at, {tz:String})) BETWEEN 0 AND 90`,
    },
    minN: 30,
    dimensions: sliced,
    options: inquiryOptions,
    words: {
      definition: {
        zh: '入职不超过 90 天的客服的询单转化率。',
        en: 'The inquiry conversion rate of agents hired at most 90 days before.',
      },
      ...conversionWords,
    },
    credited: 'inquirer',
    counted: 'start',
    without: 'paid',
    source: 'S1',
  }),
  defineMetric({
    id: 'refund_rate',
    name: { zh: '退款率', en: 'Refund rate' },
    unit: 'percent',
    better: 'lower',
    counting: { ...order, where: credited, numerator: 'refunded', denominator: '1' },
    minN: 30,
    dimensions: sliced,
    options: orderOptions,
    words: {
      definition: {
        zh: '归属订单中有退款的比例。',
        en: 'Share of the orders credited that were refunded, wholly or in part.',
      },
      numerator: { zh: '有退款的订单', en: 'Orders with a refund' },
      denominator: { zh: '归属的订单', en: 'Orders credited' },
    },
    credited: 'sale',
    counted: 'payment',
    without: 'order',
    source: 'S1',
  }),
];
