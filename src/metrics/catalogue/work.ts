import type { Bilingual } from '../../platform/language.ts';
import { type attributions, defineMetric, type exclusions, type MetricDefinition } from '../metricDefinition.ts';

const perPerson = ['agent', 'team', 'shop'] as const;
const millionth = 1_000_000;
const thousandth = 1_000;

/** A metric whose figures people give: the assessments of one item, mean (or sum) over those of the period. */
function assessed(
  entry: Pick<MetricDefinition, 'id' | 'name' | 'unit' | 'form' | 'minN' | 'source' | 'scale'> & {
    item: string;
    definition: Bilingual;
    numerator: Bilingual;
    credited?: keyof typeof attributions;
    /** Weighted by what each weighs in its sample. */
    weighted?: true;
  },
): MetricDefinition {
  const { item, definition, numerator, credited = 'P', weighted = false, ...rest } = entry;
  return defineMetric({
    ...rest,
    better: 'higher',
    assessment: item,
    counting: {
      relation: 'assessments',
      agent: 'agent_id',
      at: 'addMilliseconds(ends, -1)',
      where: `item = '${item}' AND within_period`,
      numerator: weighted ? `toInt64(value * ${millionth}) * sample_weight` : `toInt64(value * ${millionth})`,
      denominator: weighted ? 'sample_weight' : '1',
    },
    numeratorScale: weighted ? millionth * thousandth : millionth,
    denominatorScale: weighted ? thousandth : 1,
    dimensions: perPerson,
    options: {
      carry: {
        description: { zh: '取截至本周期最近一次评定', en: 'Takes the latest assessment up to this period' },
        values: { latest: { relation: 'latestAssessments', at: 'begins', span: 'before', where: `item = '${item}'` } },
      },
    },
    words: {
      definition,
      numerator,
      denominator: weighted ? { zh: '权重之和', en: 'Sum of weights' } : { zh: '评定次数', en: 'Assessments' },
    },
    credited,
    counted: 'assessed',
    without: 'none',
  });
}

/** The same over a relation that has chosen which of the assessments count. */
function chosen(
  entry: Pick<MetricDefinition, 'id' | 'name' | 'minN' | 'source'> & {
    assessment: string;
    relation: 'bestAttempts' | 'peers';
    without: keyof typeof exclusions;
    words: { definition: Bilingual; numerator: Bilingual; denominator: Bilingual };
  },
): MetricDefinition {
  const { relation, ...rest } = entry;
  return defineMetric({
    ...rest,
    unit: 'points',
    scale: [0, 100],
    better: 'higher',
    counting: {
      relation,
      agent: 'agent_id',
      at: 'addMilliseconds(ends, -1)',
      where: 'within_period',
      numerator: `toInt64(value * ${millionth})`,
      denominator: '1',
    },
    numeratorScale: millionth,
    dimensions: perPerson,
    credited: 'P',
    counted: 'assessed',
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
    scale: [0, 100],
    form: 'ratio',
    minN: 5,
    source: 'S2',
    item: 'professionalism',
    definition: {
      zh: '质检或神秘顾客评分的平均，0–100 分。抽样质检的评分按分层加权：同层可抽数 ÷ 抽取数，再除以整个样本的可抽数 ÷ 抽取数，所以抽得多的一类不会多算，平均的权重是 1；自己挑选的会话和导入的评分权重为 1。',
      en: 'Mean of quality or mystery-customer scores, 0–100. A score from a sample is weighted by its stratum: population ÷ drawn of the stratum over population ÷ drawn of the whole sample, so that what is drawn more often does not count more, and the mean weight is 1; a conversation picked by hand and an imported score weigh 1.',
    },
    numerator: { zh: '加权评分之和', en: 'Weighted sum of scores' },
    weighted: true,
  }),
  assessed({
    id: 'collab_rating',
    name: { zh: '协同', en: 'Collaboration' },
    unit: 'points',
    scale: [0, 100],
    form: 'ratio',
    minN: 1,
    source: 'S2',
    item: 'collaboration',
    definition: { zh: '其他部门评分的平均，0–100 分。', en: 'Mean rating by other departments, 0–100.' },
    numerator: { zh: '评分之和', en: 'Sum of ratings' },
  }),
  assessed({
    id: 'mentoring_gain',
    name: { zh: '带教成效', en: 'Mentoring gain' },
    unit: 'points',
    scale: [0, 100],
    form: 'ratio',
    minN: 1,
    source: 'S0, S1, S3',
    item: 'mentoring_gain',
    credited: 'mentor',
    definition: {
      zh: '所带新人相对同期的进步，0–100 分，取评定值的平均。',
      en: 'Gain of the people mentored against their cohort, 0–100: mean of the assessments.',
    },
    numerator: { zh: '评定值之和', en: 'Sum of assessed values' },
  }),
  assessed({
    id: 'supervisor_score',
    name: { zh: '主管评分', en: 'Supervisor’s score' },
    unit: 'points',
    scale: [0, 100],
    form: 'ratio',
    minN: 1,
    source: 'S3',
    item: 'supervisor',
    definition: {
      zh: '主管给出的评分，0–100 分，取评定值的平均。',
      en: 'The supervisor’s score, 0–100: mean of the assessments.',
    },
    numerator: { zh: '评定值之和', en: 'Sum of assessed values' },
  }),
  assessed({
    id: 'behaviour_score',
    name: { zh: '操作记录', en: 'Operating records' },
    unit: 'points',
    scale: [0, 100],
    form: 'ratio',
    minN: 1,
    source: 'S0',
    item: 'behaviour',
    definition: {
      zh: '操作是否按规定记录，0–100 分，取评定值的平均。',
      en: 'Whether operations were recorded as they should be, 0–100: mean of the assessments.',
    },
    numerator: { zh: '评定值之和', en: 'Sum of assessed values' },
  }),
  assessed({
    id: 'innovation_points',
    name: { zh: '创新', en: 'Innovation' },
    unit: 'points',
    scale: [0, 5],
    form: 'ratio',
    minN: 1,
    source: 'S0',
    item: 'innovation',
    definition: {
      zh: '创新提案获认可的加分，0–5 分，取评定值的平均。',
      en: 'Points for accepted proposals, 0–5: mean of the assessments.',
    },
    numerator: { zh: '评定值之和', en: 'Sum of assessed values' },
  }),
  chosen({
    id: 'exam_score',
    name: { zh: '在线考核', en: 'Exam score' },
    minN: 1,
    source: 'S3',
    assessment: 'exam',
    relation: 'bestAttempts',
    without: 'invalid',
    words: {
      definition: {
        zh: '每份试卷取最好的一次有效作答，再取平均，0–100 分。按评定项 exam 或 exam:（试卷），评定人一栏区分各次作答。',
        en: 'Mean over papers of the best valid attempt, 0–100, by the assessment item exam or exam:PAPER; the column `by` tells attempts apart.',
      },
      numerator: { zh: '各卷最好成绩之和', en: 'Sum of best scores' },
      denominator: { zh: '试卷', en: 'Papers' },
    },
  }),
  chosen({
    id: 'peer_360',
    name: { zh: '360 互评', en: '360 feedback' },
    minN: 3,
    source: 'S0',
    assessment: 'peer_360',
    relation: 'peers',
    without: 'self',
    words: {
      definition: {
        zh: '他人评分的平均，0–100 分；每个视角（评分人类别）至少三位评分人，不足三位的视角整个不计；计入的评分达到五个时去掉一个最高分和一个最低分。按评定项 peer_360 或 peer_360:（评分人类别）。',
        en: 'Mean of what others gave, 0–100; a perspective (GROUP) with fewer than three raters is left out whole; from five ratings on without the highest and the lowest. By the assessment item peer_360 or peer_360:GROUP.',
      },
      numerator: { zh: '评分之和', en: 'Sum of ratings' },
      denominator: { zh: '计入的评分', en: 'Ratings counted' },
    },
  }),
];
