import type { Bilingual } from '../../platform/language.ts';
import { defineMetric, type MetricDefinition } from '../metricDefinition.ts';

const perPerson = ['agent', 'team', 'shop'] as const;
const millionth = 1_000_000;

/** A metric whose figures people give: the assessments of one item, mean (or sum) over those of the period. */
function assessed(
  entry: Pick<MetricDefinition, 'id' | 'name' | 'unit' | 'form' | 'minN' | 'source'> & {
    item: string;
    definition: Bilingual;
    numerator: Bilingual;
  },
): MetricDefinition {
  const { item, definition, numerator, ...rest } = entry;
  return defineMetric({
    ...rest,
    better: 'higher',
    counting: {
      relation: 'assessments',
      agent: 'agent_id',
      at: 'addMilliseconds(ends, -1)',
      where: `item = '${item}' AND within_period`,
      numerator: `toInt64(value * ${millionth})`,
      denominator: '1',
    },
    numeratorScale: millionth,
    dimensions: perPerson,
    options: {
      carry: {
        description: { zh: '取截至本周期最近一次评定', en: 'Takes the latest assessment up to this period' },
        values: { latest: { relation: 'latestAssessments', at: 'begins', span: 'before', where: `item = '${item}'` } },
      },
    },
    words: { definition, numerator, denominator: { zh: '评定次数', en: 'Assessments' } },
    credited: 'P',
    counted: 'assessed',
    without: 'none',
  });
}

export const workMetrics = [
  defineMetric({
    id: 'attendance_rate',
    name: { zh: '考勤', en: 'Attendance' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'attendance',
      agent: 'agent_id',
      at: 'scheduled_start',
      where: `actual_start IS NOT NULL OR scheduled_end <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')`,
      numerator: 'actual_start IS NOT NULL',
      denominator: '1',
    },
    minN: 1,
    dimensions: [...perPerson, 'day', 'hour'],
    words: {
      definition: {
        zh: '到岗的班次占已排班次的比例；尚未结束且未到岗的班次不计。',
        en: 'Share of scheduled shifts attended; shifts still to come do not count.',
      },
      numerator: { zh: '到岗的班次', en: 'Shifts attended' },
      denominator: { zh: '已排班次', en: 'Shifts scheduled' },
    },
    credited: 'P',
    counted: 'event',
    without: 'none',
    source: 'S0',
  }),
  assessed({
    id: 'kb_adopted',
    name: { zh: '知识库贡献', en: 'Knowledge adopted' },
    unit: 'count',
    form: 'count',
    minN: 1,
    source: 'S2',
    item: 'kb_adopted',
    definition: { zh: '被采纳、去重后的知识条目数。', en: 'Knowledge entries adopted, without duplicates.' },
    numerator: { zh: '采纳的条目', en: 'Entries adopted' },
  }),
  assessed({
    id: 'field_completeness',
    name: { zh: '工单完整率', en: 'Field completeness' },
    unit: 'percent',
    form: 'ratio',
    minN: 1,
    source: 'S2',
    item: 'completeness',
    definition: {
      zh: '抽查工单中已填写的必填字段比例，取评定值的平均。',
      en: 'Share of required fields filled in sampled tickets: mean of the assessments.',
    },
    numerator: { zh: '评定值之和', en: 'Sum of assessed values' },
  }),
  assessed({
    id: 'qa_score',
    name: { zh: '专业性', en: 'Professionalism' },
    unit: 'points',
    form: 'ratio',
    minN: 1,
    source: 'S2',
    item: 'professionalism',
    definition: {
      zh: '质检或神秘顾客评分的平均，0–100 分。',
      en: 'Mean of quality or mystery-customer scores, 0–100.',
    },
    numerator: { zh: '评分之和', en: 'Sum of scores' },
  }),
  assessed({
    id: 'collab_rating',
    name: { zh: '协同', en: 'Collaboration' },
    unit: 'points',
    form: 'ratio',
    minN: 1,
    source: 'S2',
    item: 'collaboration',
    definition: { zh: '其他部门评分的平均，0–100 分。', en: 'Mean rating by other departments, 0–100.' },
    numerator: { zh: '评分之和', en: 'Sum of ratings' },
  }),
];
