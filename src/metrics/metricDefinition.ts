import type { Bilingual } from '../platform/language.ts';
import type { Dimension } from './metricValue.ts';
import type { RelationName } from './relations.sql.ts';

export type Unit = 'percent' | 'seconds' | 'hours' | 'minutes' | 'count' | 'points' | 'nps' | 'yuan';

/** How one observation of the relation counts. Every string is SQL over the relation's columns, written here and nowhere else. */
export interface Counting {
  readonly relation: RelationName;
  /** Whom it is credited to; null when only teams and shops answer for it (G). */
  readonly agent: string | null;
  /** Whose team it is, where nobody is credited; defaults to `agent`. */
  readonly teamOf?: string;
  /** The instant that decides the period and the team. */
  readonly at: string;
  /** `within`: from ≤ at < to. `before`: at < min(to, now), for what is open at a snapshot or carried forward. */
  readonly span: 'within' | 'before';
  readonly where: string;
  /** Integers: counts, milliseconds, millionths. */
  readonly numerator: string;
  readonly denominator: string;
  /**
   * What the denominator counts once however many observations it has (a buyer's day), within each figure: an agent's, a team's, the
   * whole company's. So the parts of a whole may have more of them than the whole. The `denominator` is then 1.
   */
  readonly once?: string;
  /** The figure is this percentile of the numerator over single observations; the sums stay those of the mean. */
  readonly percentile?: number;
}

export interface MetricOption {
  readonly description: Bilingual;
  /** What a reader needs to know to do the same by hand. */
  readonly note?: Bilingual;
  /** Words for values that do not speak for themselves. */
  readonly labels?: Readonly<Record<string, Bilingual>>;
  readonly values: Readonly<Record<string, Partial<Counting>>>;
  /** Besides the values any whole number in this range, which changes the counting as given. */
  readonly range?: {
    readonly min: number;
    readonly max: number;
    readonly unit: 'seconds' | 'hours';
    readonly change: Partial<Counting>;
  };
  /** The value that holds where none is named. With it `$option` in the counting's SQL stands for the value, so that options combine. */
  readonly standard?: string;
}

export interface MetricDefinition {
  readonly id: string;
  readonly name: Bilingual;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'band';
  /**
   * `ratio`: Σ numerator ÷ Σ denominator. `count`: Σ numerator; the denominator then only says how many were looked at. `volatility`: made
   * from the ratios of the local days, their standard deviation ÷ their mean.
   */
  readonly form: 'ratio' | 'count' | 'volatility';
  readonly counting: Counting;
  /** Integer units of the numerator (denominator) in one unit of the metric: 1000 where it sums milliseconds and tells seconds. */
  readonly numeratorScale: number;
  readonly denominatorScale: number;
  /** The numerator is taken this many times before anything is divided (8 for a load per eight hours). */
  readonly numeratorTimes: number;
  /** The least and the greatest that an observation can be, where the unit does not say so: one to five stars. */
  readonly scale?: readonly [number, number];
  readonly minN: number;
  readonly dimensions: readonly Dimension[];
  readonly options: Readonly<Record<string, MetricOption>>;
  readonly texts: {
    readonly definition: Bilingual;
    readonly numerator: Bilingual;
    readonly denominator: Bilingual;
    readonly attribution: Bilingual;
    readonly period: Bilingual;
    readonly exclusion: Bilingual;
  };
  /** The assessment item that it reads, where people's assessments are all it is made from. */
  readonly assessment?: string;
  /** Where the definition comes from: a source plan, or REC for our own choice. */
  readonly source: string;
  /** The month from which a metric of one's own is no longer offered. */
  readonly retiredFrom?: string;
}

type Words = Omit<MetricDefinition['texts'], 'attribution' | 'period' | 'exclusion'>;

export interface MetricEntry {
  readonly id: string;
  readonly name: Bilingual;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'band';
  readonly form?: MetricDefinition['form'];
  readonly counting: Omit<Counting, 'span'> & { readonly span?: Counting['span'] };
  readonly numeratorScale?: number;
  readonly denominatorScale?: number;
  readonly numeratorTimes?: number;
  readonly scale?: MetricDefinition['scale'];
  readonly minN: number;
  /** What has days has weekdays too; they need no mention. */
  readonly dimensions: readonly Exclude<Dimension, 'weekday'>[];
  readonly options?: MetricDefinition['options'];
  readonly assessment?: string;
  readonly words: Words;
  readonly credited: keyof typeof attributions;
  readonly counted: keyof typeof periodRules;
  readonly without: keyof typeof exclusions;
  readonly source: string;
}

export const attributions = {
  F: { zh: '首个真人回复者；未回复时为首个接手人', en: 'First human replier; if unreplied, the first assignee' },
  T: {
    zh: '结束该轮次的回复者；未回复的轮次归会话负责人',
    en: 'Sender who closes the turn; an unanswered turn belongs to the owner',
  },
  E: { zh: '各自参与的部分', en: 'Each agent’s own part' },
  O: { zh: '关闭时的负责人', en: 'Owner at the close' },
  R: {
    zh: '分子归上一张工单的负责人，分母归本工单负责人',
    en: 'Numerator: owner of the earlier ticket; denominator: owner of this one',
  },
  fixer: { zh: '维修技师；无技师时为负责人', en: 'Technician, else the owner' },
  sale: {
    zh: '按判定规则归属的客服：默认下单判定，下单前 2 天内最后回复客户的人；静默订单归付款后 1–60 分钟内跟进的人',
    en: 'By the verdict rule: unless chosen otherwise, who last answered the customer in the two days before the order; a silent order, who followed up 1–60 minutes after payment',
  },
  inquirer: {
    zh: '成交的归订单判定的客服，未成交的归当天最后回复客户的客服',
    en: 'With a sale, whom the order’s verdict credits; without, who last answered the customer that day',
  },
  guide: { zh: '主动联系客户的客服', en: 'The agent who approached the customer' },
  P: { zh: '事项所属的人', en: 'The person of the event' },
  answerer: {
    zh: '首次处理的人；还没有人处理，或没有处理就关闭的，归工单负责人',
    en: 'Who acted on it first; while nobody has, or where it was closed without, the owner of the ticket',
  },
  answerable: {
    zh: '会话的负责人；与会话无关的预警归预警所指的人',
    en: 'Owner of the session; of an alert about no session, whom it names',
  },
  mentor: { zh: '带教人', en: 'The mentor' },
  rater: { zh: '给出评分的人', en: 'Who gave the score' },
  model: { zh: '衡量的是系统，不是人', en: 'The system, no person' },
  G: { zh: '只计到团队和店铺，不计到个人', en: 'Teams and shops only, nobody in person' },
} as const;

export const periodRules = {
  start: { zh: '按会话开始时间', en: 'By session start' },
  close: { zh: '按关闭时间', en: 'By close' },
  payment: { zh: '按付款时间', en: 'By payment' },
  creation: { zh: '按创建时间', en: 'By creation' },
  event: { zh: '按发生时间', en: 'By the time of the event' },
  window: {
    zh: '按观察窗口结束时间，窗口结束后才计入',
    en: 'By the end of the observation window: counted once it is over',
  },
  snapshot: { zh: '周期末（未结束的周期为此刻）的快照', en: 'Snapshot at the period’s end, or now' },
  assessed: { zh: '按评定所属的周期', en: 'By the period assessed' },
  sixMonths: { zh: '周期结束前六个月', en: 'The six months up to the period’s end' },
} as const;

export const exclusions = {
  none: { zh: '无', en: 'None' },
  X: {
    zh: '不计：纯机器人、测试（内部、骚扰和合并掉的会话也标为测试）、无客户消息（含客服发起而客户未回）、公告故障期间的会话',
    en: 'Without bot-only, test (which internal, spam and merged sessions are marked as too), no customer message (also agent-initiated without a reply), declared outage',
  },
  knownX: {
    zh: '不计：纯机器人、测试（内部、骚扰和合并掉的会话也标为测试）、无客户消息（含客服发起而客户未回）、公告故障期间的会话，以及客户未知的会话（无从知道是否再次联系）',
    en: 'Without bot-only, test (which internal, spam and merged sessions are marked as too), no customer message (also agent-initiated without a reply), declared outage, and sessions of unknown customers, of whom nobody can tell whether they came back',
  },
  H: {
    zh: '不计：纯机器人、测试（内部、骚扰和合并掉的会话也标为测试）、无客户消息、公告故障期间，以及服务时间外或店内无人在岗时开始的会话',
    en: 'Without bot-only, test (which internal, spam and merged sessions are marked as too), no customer message, outage, and sessions that start outside service hours or while nobody of the shop is present',
  },
  order: {
    zh: '不计：未付款、刷单，以及付款后 15 天内取消的订单',
    en: 'Without unpaid and brushed orders, and those cancelled within 15 days of the payment',
  },
  paid: {
    zh: '不计：当天咨询前 15 天内已付款的客户、客服发起的联系，以及测试和公告故障期间的会话',
    en: 'Without customers who had paid in the 15 days before, contacts that an agent began, test sessions and declared outages',
  },
  approached: {
    zh: '不计：没有买过的客户、下单后到付款后 60 分钟内的联系、测试和公告故障期间的会话',
    en: 'Without first buyers, contacts between an order and an hour after its payment, test sessions and declared outages',
  },
  cancelled: { zh: '不计：已取消的工单', en: 'Without cancelled tickets' },
  queue: {
    zh: '不计：测试和公告故障期间的会话；排队时没有说话的客户也计入',
    en: 'Without test sessions and declared outages; who said nothing while waiting counts too',
  },
  bot: {
    zh: '不计：测试、无客户消息、公告故障期间的会话，以及客户未知的会话',
    en: 'Without test sessions, those without a customer message, declared outages and unknown customers',
  },
  overturned: { zh: '不计：已推翻的', en: 'Without overturned ones' },
  unconfirmed: { zh: '不计：待定和已推翻的事项', en: 'Without pending and overturned incidents' },
  self: {
    zh: '不计：本人给自己的评分，以及评分人不足三位的视角；计入五个评分及以上时去掉一个最高分和一个最低分',
    en: 'Without one’s own rating and perspectives with fewer than three raters; from five ratings on without the highest and the lowest',
  },
  invalid: { zh: '不计：无效的作答', en: 'Without invalid attempts' },
  unseen: {
    zh: '不计：没有状态记录的日子，以及尚未结束且未到岗的班次',
    en: 'Without days of which no state is known, and shifts still to come',
  },
  rating: {
    zh: '不计：无效评价、已取消工单的评价，以及纯机器人、测试、无客户消息、公告故障期间会话的评价',
    en: 'Without invalid ratings, ratings of cancelled tickets, and of bot-only, test, empty or outage sessions',
  },
  HU: {
    zh: '不计：纯机器人、测试、无客户消息、公告故障期间、服务时间外或店内无人在岗时开始，以及未回复的会话',
    en: 'Without bot-only, test, no customer message, outage, outside service hours or nobody present, and unreplied',
  },
} as const;

/** Fills in what most metrics share. */
export function defineMetric(entry: MetricEntry): MetricDefinition {
  return {
    id: entry.id,
    name: entry.name,
    unit: entry.unit,
    better: entry.better,
    form: entry.form ?? 'ratio',
    counting: { span: 'within', ...entry.counting },
    numeratorScale: entry.numeratorScale ?? 1,
    denominatorScale: entry.denominatorScale ?? 1,
    numeratorTimes: entry.numeratorTimes ?? 1,
    ...(entry.scale === undefined ? {} : { scale: entry.scale }),
    minN: entry.minN,
    dimensions: entry.dimensions.flatMap((dimension) => (dimension === 'day' ? ['day', 'weekday'] : dimension)),
    options: entry.options ?? {},
    texts: {
      ...entry.words,
      attribution: attributions[entry.credited],
      period: periodRules[entry.counted],
      exclusion: exclusions[entry.without],
    },
    source: entry.source,
    ...(entry.assessment === undefined ? {} : { assessment: entry.assessment }),
  };
}
