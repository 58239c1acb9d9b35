import type { Bilingual } from '../../platform/language.ts';
import { defineMetric, type MetricEntry } from '../metricDefinition.ts';

const million = 1_000_000;
const perPerson = ['agent', 'team', 'shop'] as const;

/** One definition for both sources: what Heng measured holds; what others assessed only where Heng inspected nothing. */
const ownOrAssessed = {
  zh: '衡检查过本周期的会话时按检查结果；一个会话都没有检查过时，按导入的评定项',
  en: 'By what Heng inspected in the period; where it inspected no conversation at all, by the imported assessment item',
} satisfies Bilingual;
const model = {
  zh: '。模型的版本和已知误差写在数值旁。',
  en: '. The model’s version and its known error stand beside the figure.',
} satisfies Bilingual;
const told = (zh: string, en: string, items: string): Bilingual => ({
  zh: `${zh}${ownOrAssessed.zh} ${items}${model.zh}`,
  en: `${en} ${ownOrAssessed.en} ${items}${model.en}`,
});

/** The agent's part of each inspected conversation. */
function ofSlices(
  entry: Pick<MetricEntry, 'id' | 'name' | 'unit' | 'scale' | 'better' | 'words' | 'denominatorScale'> & {
    where: string;
    numerator: string;
    denominator: string;
  },
) {
  const { where, numerator, denominator, ...rest } = entry;
  return defineMetric({
    ...rest,
    counting: { relation: 'inspectedSlices', agent: 'agent_id', at: 'at', where, numerator, denominator },
    numeratorScale: million,
    minN: 30,
    dimensions: perPerson,
    credited: 'E',
    counted: 'start',
    without: 'X',
    source: 'S1',
  });
}

export const inspectedMetrics = [
  ofSlices({
    id: 'sentiment_index',
    name: { zh: '情感温度指数', en: 'Sentiment index' },
    unit: 'points',
    scale: [0, 100],
    better: 'higher',
    where: 'feels',
    numerator: 'feeling',
    denominator: '1',
    words: {
      definition: told(
        '客户情感模型对每个会话的评分（该客服答复的客户消息的平均，0–100 分，50 为中性），再取会话的平均。',
        'Mean over conversations of the sentiment model’s score of what the agent answered, 0–100, 50 neutral.',
        'sentiment',
      ),
      numerator: { zh: '评分之和', en: 'Sum of scores' },
      denominator: {
        zh: '有客户消息的会话（或评定次数）',
        en: 'Conversations with a customer’s words (or assessments)',
      },
    },
  }),
  ofSlices({
    id: 'negative_word_ratio',
    name: { zh: '负面词占比', en: 'Negative words' },
    unit: 'percent',
    better: 'lower',
    where: 'words > 0 OR negative > 0',
    numerator: 'negative',
    denominator: 'words',
    denominatorScale: million,
    words: {
      definition: told(
        '客户话语中负面词占全部词的比例，计在答复的客服名下；汉字按字、字母和数字按段计。',
        'Negative words as a share of all words of customers, of those the agent answered; Han characters count one by one.',
        'negative_words ÷ customer_words',
      ),
      numerator: { zh: '负面词', en: 'Negative words' },
      denominator: { zh: '客户的全部词', en: 'All words of customers' },
    },
  }),
  ofSlices({
    id: 'personalisation_index',
    name: { zh: '个性化服务指数', en: 'Personalisation index' },
    unit: 'points',
    scale: [0, 100],
    better: 'higher',
    where: 'replies > 0',
    numerator: 'personal',
    denominator: 'replies',
    words: {
      definition: told(
        '人工回复中提到该客户的订单、商品、历史或称呼且不是套话的比例，0–100 分。',
        'Share of replies that refer to this customer’s order, product, history or name and are no template, 0–100.',
        'personalisation',
      ),
      numerator: { zh: '个性化的回复 × 100', en: 'Personal replies × 100' },
      denominator: { zh: '人工回复（或评定次数）', en: 'Replies of people (or assessments)' },
    },
  }),
  defineMetric({
    id: 'banned_word_recall',
    name: { zh: '禁用词识别率', en: 'Banned words found' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'markedWords',
      agent: null,
      at: 'at',
      where: '1',
      numerator: 'found',
      denominator: 'marked',
    },
    numeratorScale: million,
    denominatorScale: million,
    minN: 1,
    dimensions: [],
    words: {
      definition: {
        zh: '人标注的禁用词中系统识别出来的比例：词表规则的命中被人确认的，除以确认的加上人指出漏掉的。周期内没有人标注时，按评定项 banned_words_detected 与 banned_words_labelled。',
        en: 'Share of the banned words that people marked which the system found: confirmed hits of word rules, over those and what people say was missed. Where nobody marked any in the period, by the assessment items banned_words_detected and banned_words_labelled.',
      },
      numerator: { zh: '识别出的禁用词', en: 'Banned words found' },
      denominator: { zh: '标注的禁用词', en: 'Banned words marked' },
    },
    credited: 'model',
    counted: 'event',
    without: 'overturned',
    source: 'S1',
  }),
];
