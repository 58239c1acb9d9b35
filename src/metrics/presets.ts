import { BadInput } from '../platform/errors.ts';
import type { Bilingual } from '../platform/language.ts';

/**
 * How platforms count what Heng counts too: for each metric the options that come nearest, why, and where that is said. What the facts
 * cannot express is named in `lacks`, never imitated. What counts as an answer is no option: no platform here is known to count
 * other replies than people's (G4), and facts keep no others. The sources are merchants' reposts and vendors' manuals, not law.
 */
export interface Preset {
  readonly id: string;
  readonly name: Bilingual;
  readonly metrics: readonly PresetMetric[];
  readonly lacks: readonly Bilingual[];
}

export interface PresetMetric {
  /** As it is asked for, all options that matter named: so it means the same whatever the organisation chose. */
  readonly request: string;
  readonly why: Bilingual;
  readonly source: string;
}

const asShipped = { zh: '与本定义相同。', en: 'The same as this definition.' };

export const presets: readonly Preset[] = [
  {
    id: 'taobao',
    name: { zh: '淘宝/天猫', en: 'Taobao and Tmall' },
    metrics: [
      {
        request: 'avg_response_seconds:cap=600',
        why: {
          zh: '一次回复最多计 600 秒（total_reply_cost ÷ total_reply_times）。',
          en: 'One reply counts 600 s at most (total_reply_cost ÷ total_reply_times).',
        },
        source: 'open.taobao.com/tmc.htm?docId=720',
      },
      {
        request: 'reply_3min_rate:within=180',
        why: {
          zh: '按轮次，未回复的也算；平台看近 30 天，请自选周期。',
          en: 'By turn, unanswered included; the platform looks at 30 days, choose the period.',
        },
        source: 'dingjiuxi.cn/tbnews/14066.html',
      },
      {
        request: 'inquiry_conversion_rate:verdict=order:credit=lastChat',
        why: {
          zh: '询单→次日付款，下单判定，归最后接待的客服。',
          en: 'Inquiry to payment by the next day, credited by order to the last chat.',
        },
        source: 'open.taobao.com/tmc.htm?docId=720',
      },
    ],
    lacks: [
      {
        zh: '接待人数、转出人数按人去重，本系统按会话计。',
        en: 'Customers received and passed on are counted as persons there, as sessions here.',
      },
      {
        zh: '平台不因店内无人在岗而排除会话。',
        en: 'The platform does not leave out sessions because nobody was present.',
      },
    ],
  },
  {
    id: 'jd',
    name: { zh: '京东', en: 'JD' },
    metrics: [
      {
        request: 'first_reply_30s_rate:within=30:hours=9to23:returns=rejoin',
        why: {
          zh: '每天 09:00–23:00 开始、已回复的会话；关闭后不到 10 分钟又来的并入原来的会话。',
          en: 'Replied sessions that start daily from 09:00 to 23:00; who returns less than 10 minutes after the close rejoins the session.',
        },
        source: 'maijiaw.com/article/505791; insight.xiaoduoai.com/faq/questions/D1qA',
      },
      {
        request: 'reply_rate:hours=9to23:returns=rejoin',
        why: { zh: '同样的时间范围，同样合并。', en: 'Over the same hours, joined in the same way.' },
        source: 'maijiaw.com/article/505791; insight.xiaoduoai.com/faq/questions/D1qA',
      },
    ],
    lacks: [],
  },
  {
    id: 'pinduoduo',
    name: { zh: '拼多多', en: 'Pinduoduo' },
    metrics: [
      {
        request: 'first_reply_30s_rate:within=30:hours=8to23',
        why: { zh: '每天 08:00–23:00 开始的会话。', en: 'Sessions that start daily from 08:00 to 23:00.' },
        source: 'REC',
      },
    ],
    lacks: [],
  },
  {
    id: 'douyin',
    name: { zh: '抖音（飞鸽）', en: 'Douyin' },
    metrics: [
      {
        request: 'reply_3min_rate:within=180:clock=customer:hours=8to23',
        why: {
          zh: '08:00–23:00 的咨询，每轮从买家发消息起 3 分钟内人工回复；机器人和自动回复不算。',
          en: 'Inquiries from 08:00 to 23:00; each turn from the buyer’s message on; robots and automatic replies do not count.',
        },
        source: 'milguo.com/notice/a-11654.html',
      },
    ],
    lacks: [
      {
        zh: '平台按消息时间判断是否在 08:00–23:00，本系统按会话开始时间。',
        en: 'The platform goes by the hour of each message, Heng by the session’s start.',
      },
    ],
  },
  {
    id: 'kuaishou',
    name: { zh: '快手', en: 'Kuaishou' },
    metrics: [
      {
        request: 'reply_3min_rate:within=180:clock=customer:hours=8to23:unit=person',
        why: {
          zh: '08:00–23:00 咨询的人中，当天第一次提问起 3 分钟内得到人工回复的占多少；每天从零点重新计，同一人一天只计一次。',
          en: 'Of the persons who ask from 08:00 to 23:00, those answered by a person within 3 minutes of their first question of the day; each day counts anew, a person once.',
        },
        source: 'snsmcma.cn/article-15550-1.html',
      },
    ],
    lacks: [
      {
        zh: '来源没有说一个人一天问几次时看哪一次：这里看第一次。',
        en: 'The source does not say which of a person’s questions of a day decides: here the first.',
      },
    ],
  },
  {
    id: 'zendesk',
    name: { zh: 'Zendesk', en: 'Zendesk' },
    metrics: [
      {
        request: 'first_response_seconds:stat=median:clock=customer:hours=all',
        why: {
          zh: '从工单创建到首次公开的人工回复，全天计，看中位数；机器人不算。',
          en: 'From creation to the first public reply of a person, at any hour, as a median; bots do not count.',
        },
        source: 'support.zendesk.com/hc/en-us/articles/4408821871642',
      },
      {
        request: 'ticket_cycle_hours:stat=median',
        why: {
          zh: '完全解决时间：创建到最后一次解决，自然时间。',
          en: 'Full resolution time: creation to the last solve, calendar time.',
        },
        source: 'support.zendesk.com/hc/en-us/articles/4408834848154',
      },
      { request: 'csat_rate', why: asShipped, source: 'support.zendesk.com: CSAT 4–5' },
    ],
    lacks: [
      {
        zh: '客户等待、客服等待、挂起时长：事实中没有。营业时间内的完全解决时间为 ticket_cycle_hours:stat=median:clock=business。',
        en: 'Requester wait, agent wait and on-hold time: the facts do not have them. Full resolution in business hours is ticket_cycle_hours:stat=median:clock=business.',
      },
    ],
  },
  {
    id: 'chatwoot',
    name: { zh: 'Chatwoot', en: 'Chatwoot' },
    metrics: [
      {
        request: 'first_response_seconds:stat=mean:clock=customer:hours=all',
        why: {
          zh: '从会话创建到首次人工回复，全天计。',
          en: 'From the conversation’s creation to the first human reply, at any hour.',
        },
        source: 'chatwoot/chatwoot app/listeners/reporting_event_listener.rb',
      },
      {
        request: 'avg_response_seconds:clock=customer:hours=all:first=omit',
        why: { zh: 'reply_time 不含首次回复。', en: 'reply_time leaves out the first reply.' },
        source: 'Chatwoot reports v2: reply_time',
      },
      {
        request: 'session_seconds:stat=mean',
        why: { zh: '解决时间：会话创建到解决。', en: 'Resolution time: creation to resolution.' },
        source: 'chatwoot/chatwoot app/listeners/reporting_event_listener.rb',
      },
    ],
    lacks: [
      {
        zh: '营业时间内的客户等待（value_in_business_hours）：本系统的营业时间计时是客服计时。',
        en: 'The customer’s wait in business hours (value_in_business_hours): Heng’s business clock is the agent’s.',
      },
    ],
  },
];

const metricOf = (request: string) => request.split(':')[0] ?? '';

/**
 * What is asked under a platform's rules: every metric it has, or those of the named ones; a metric named with options of its own keeps them.
 * Throws BadInput `metric.presetUnknown`, and `metric.presetLacks` for a metric that the platform does not count.
 */
export function requestsUnder(id: string, metrics: readonly string[] | null): string[] {
  const preset = presets.find((known) => known.id === id);
  if (!preset)
    throw new BadInput('metric.presetUnknown', {
      preset: id.slice(0, 40),
      known: presets.map((known) => known.id).join(', '),
    });
  const known = preset.metrics.map(({ request }) => request);
  return (metrics ?? known).map((asked) => {
    if (asked.includes(':')) return asked;
    const request = known.find((each) => metricOf(each) === metricOf(asked));
    if (request === undefined)
      throw new BadInput('metric.presetLacks', {
        metric: asked.slice(0, 60),
        preset: preset.id,
        known: known.map(metricOf).join(', '),
      });
    return request;
  });
}

export interface PlatformCounting extends PresetMetric {
  readonly preset: string;
  readonly name: Bilingual;
  readonly lacks: readonly Bilingual[];
}

/** How platforms count one metric. */
export const platformsOf = (metric: string): PlatformCounting[] =>
  presets.flatMap(({ id, name, metrics, lacks }) =>
    metrics
      .filter(({ request }) => metricOf(request) === metric)
      .map((counted) => ({ preset: id, name, lacks, ...counted })),
  );
