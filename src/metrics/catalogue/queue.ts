import { defineMetric } from '../metricDefinition.ts';
import { withinOption } from '../sharedOptions.ts';

const sliced = ['team', 'shop', 'channel', 'queue', 'day', 'hour'] as const;
const waiting = { relation: 'queued', agent: null, teamOf: 'owner_agent_id', at: 'started_at' } as const;

export const queueMetrics = [
  defineMetric({
    id: 'service_level',
    name: { zh: '服务水平', en: 'Service level' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...waiting,
      where: `outcome = 'answered' OR (outcome = 'abandoned' AND (wait_ms > $within * 1000 OR '$abandons' != 'ignored'))`,
      numerator: `wait_ms <= $within * 1000 AND (outcome = 'answered' OR '$abandons' = 'credited')`,
      denominator: '1',
    },
    minN: 30,
    dimensions: sliced,
    options: {
      within: withinOption('seconds', 20, 3600),
      abandons: {
        description: {
          zh: '限时内放弃的：ignored 不计，credited 算作达标（Cisco），counted 算作未达标',
          en: 'Abandoned within the limit: ignored, credited as answered (Cisco), or counted as missed',
        },
        values: { ignored: {}, credited: {}, counted: {} },
        standard: 'ignored',
      },
    },
    words: {
      definition: {
        zh: '限时（默认 20 秒）内接起的会话，占接起的与放弃的会话之和的比例；限时内就放弃的不计。',
        en: 'Share of the sessions answered or abandoned that were answered within the limit (20 seconds unless chosen otherwise); those abandoned within it are left out.',
      },
      numerator: { zh: '限时内接起的会话', en: 'Answered within the limit' },
      denominator: { zh: '接起与放弃的会话', en: 'Answered and abandoned sessions' },
    },
    credited: 'G',
    counted: 'start',
    without: 'queue',
    source: '20 s REC',
  }),
  defineMetric({
    id: 'abandon_rate',
    name: { zh: '放弃率', en: 'Abandonment rate' },
    unit: 'percent',
    better: 'lower',
    counting: { ...waiting, where: '1', numerator: `outcome = 'abandoned'`, denominator: '1' },
    minN: 30,
    dimensions: sliced,
    words: {
      definition: {
        zh: '在排队时离开的会话占排过队的会话的比例。',
        en: 'Share of the sessions that queued whose customer left while waiting.',
      },
      numerator: { zh: '排队时放弃的会话', en: 'Sessions abandoned in the queue' },
      denominator: { zh: '排过队的会话', en: 'Sessions that queued' },
    },
    credited: 'G',
    counted: 'start',
    without: 'queue',
    source: 'REC',
  }),
  defineMetric({
    id: 'bot_containment_rate',
    name: { zh: 'AI 承接率', en: 'Bot containment rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'botSessions',
      agent: null,
      teamOf: 'owner_agent_id',
      at: 'addHours(closed_at, 24)',
      where: '1',
      numerator: 'bot_only AND NOT (next_contact_at IS NOT NULL AND next_contact_at <= addHours(closed_at, 24))',
      denominator: '1',
    },
    minN: 30,
    dimensions: sliced,
    words: {
      definition: {
        zh: '没有转到人工、且关闭后 24 小时内客户也没有再联系人工的机器人会话，占全部机器人会话的比例。',
        en: 'Share of the sessions with a bot that no person took part in and after which the customer did not turn to people within 24 hours.',
      },
      numerator: { zh: '由机器人办结的会话', en: 'Sessions the bot settled alone' },
      denominator: { zh: '机器人参与的会话', en: 'Sessions with a bot' },
    },
    credited: 'G',
    counted: 'window',
    without: 'bot',
    source: 'S1',
  }),
];
