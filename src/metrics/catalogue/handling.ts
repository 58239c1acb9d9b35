import { defineMetric } from '../metricDefinition.ts';
import { statOption } from '../sharedOptions.ts';

const sliced = ['agent', 'team', 'shop', 'channel', 'queue', 'day', 'hour'] as const;
const bySlice = { relation: 'slices', agent: 'agent_id' } as const;
/** A call has no messages: speech is what shows that it was handled. */
const handled = 'replies > 0 OR handle_ms > 0';

export const handlingMetrics = [
  defineMetric({
    id: 'handle_seconds',
    name: { zh: '平均处理时长 AHT', en: 'Average handle time' },
    unit: 'seconds',
    better: 'band',
    counting: { ...bySlice, at: 'closed_at', where: handled, numerator: 'handle_ms', denominator: '1' },
    numeratorScale: 1000,
    minN: 30,
    dimensions: sliced,
    options: { stat: statOption() },
    words: {
      definition: {
        zh: '处理、保持和事后整理的时长之和除以接待的会话数。文字会话的处理时长是客户与人工相邻消息之间的间隔之和，每个间隔最多算 60 秒；电话是通话时长。',
        en: 'Active, hold and after-contact time divided by sessions handled. In chat active time is the gaps between what customer and people said, each at most 60 seconds; in a call it is the talk.',
      },
      numerator: { zh: '处理时长之和（秒）', en: 'Sum of handle times (s)' },
      denominator: { zh: '接待的会话', en: 'Sessions handled' },
    },
    credited: 'E',
    counted: 'close',
    without: 'X',
    source: 'S4',
  }),
  defineMetric({
    id: 'effective_interaction_ratio',
    name: { zh: '有效互动时长占比', en: 'Effective interaction' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...bySlice,
      at: 'closed_at',
      where: `(${handled}) AND span_ms > 0`,
      numerator: 'active_ms',
      denominator: 'span_ms',
    },
    numeratorScale: 1000,
    denominatorScale: 1000,
    minN: 30,
    dimensions: sliced,
    words: {
      definition: {
        zh: '相邻消息的间隔（每个最多 60 秒）之和占会话时长的比例，最后一条消息之后的时间不算互动；电话为通话时长占比。多人接待时各算各的部分。',
        en: 'Gaps between messages, each at most 60 seconds, as a share of the duration; what follows the last message is no interaction. Of a call, the share of speech. Of a session of several people each has their own part.',
      },
      numerator: { zh: '互动时长（秒）', en: 'Interaction (s)' },
      denominator: { zh: '会话时长（秒）', en: 'Duration (s)' },
    },
    credited: 'E',
    counted: 'close',
    without: 'X',
    source: 'S4',
  }),
  defineMetric({
    id: 'kb_usage_rate',
    name: { zh: '知识库调用率', en: 'Knowledge use' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...bySlice,
      at: 'started_at',
      // Where no use was ever recorded nothing is known about it.
      where: `replied AND replies > 0 AND (SELECT count() FROM (SELECT 1 FROM events WHERE type = 'kb_used' LIMIT 1)) = 1`,
      numerator: 'kb_used',
      denominator: '1',
    },
    minN: 30,
    dimensions: sliced,
    words: {
      definition: {
        zh: '调用过知识库的会话占已回复会话的比例。',
        en: 'Share of replied sessions in which the agent used the knowledge base.',
      },
      numerator: { zh: '调用过知识库的会话', en: 'Sessions with knowledge use' },
      denominator: { zh: '已回复的会话', en: 'Replied sessions' },
    },
    credited: 'E',
    counted: 'start',
    without: 'X',
    source: 'S1',
  }),
];
