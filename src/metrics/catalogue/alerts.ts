import { defineMetric } from '../metricDefinition.ts';

const perPerson = ['agent', 'team', 'shop', 'day', 'hour'] as const;

export const alertMetrics = [
  defineMetric({
    id: 'alert_followup_2h_rate',
    name: { zh: '2 小时跟进率', en: 'Alerts followed up within 2 hours' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'alerts',
      agent: 'answerable',
      at: 'at',
      where: '1',
      numerator: 'acted_at IS NOT NULL AND acted_at >= at AND acted_at <= addHours(at, 2)',
      denominator: '1',
    },
    minN: 30,
    dimensions: perPerson,
    words: {
      definition: {
        zh: '发出后 2 小时内有人处理的预警占全部预警的比例。预警是事项 alert（或 alert:类别），处理时间写在 acted_at 列。',
        en: 'Share of the alerts on which a person acted within 2 hours. An alert is an incident alert (or alert:KIND); its column acted_at says when somebody acted.',
      },
      numerator: { zh: '2 小时内处理的预警', en: 'Acted on within 2 h' },
      denominator: { zh: '预警', en: 'Alerts' },
    },
    credited: 'answerable',
    counted: 'event',
    without: 'overturned',
    source: 'S2',
  }),
  defineMetric({
    id: 'bad_review_rescue_rate',
    name: { zh: '差评干预成功率', en: 'Bad reviews averted' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'rescues',
      agent: 'agent_id',
      at: 'addHours(at, 72)',
      where: '1',
      numerator: 'bad_after_ms = 0 OR bad_after_ms > 259200000',
      denominator: '1',
    },
    minN: 30,
    dimensions: perPerson,
    words: {
      definition: {
        zh: '有人干预过的会话预警中，此后 72 小时内该会话没有收到 1–2 星评价的比例。',
        en: 'Share of the alerts about a session with an intervention after which no rating of 1 or 2 stars came within 72 hours.',
      },
      numerator: { zh: '没有差评的', en: 'Without a bad rating' },
      denominator: { zh: '干预过的预警', en: 'Alerts with an intervention' },
    },
    credited: 'P',
    counted: 'window',
    without: 'overturned',
    source: 'S1',
  }),
];
