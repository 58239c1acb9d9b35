import type { Bilingual } from '../../platform/language.ts';
import { defineMetric, type MetricEntry } from '../metricDefinition.ts';

const perPerson = ['agent', 'team', 'shop'] as const;
const million = 1_000_000;
const millionths = (value: string) => `toInt64(${value} * ${million})`;
const atEnd = 'addMilliseconds(ends, -1)';

/** The sixteen kinds of S3, as incidents name them. */
const defectKinds: Readonly<Record<string, Bilingual>> = {
  platform_rules: { zh: '平台规则', en: 'Platform rules' },
  product: { zh: '产品知识', en: 'Products' },
  order_process: { zh: '订单流程', en: 'Order process' },
  aftersales_policy: { zh: '售后政策', en: 'After-sales policy' },
  language: { zh: '语言表达', en: 'Language' },
  listening: { zh: '倾听理解', en: 'Listening' },
  emotion: { zh: '情绪管理', en: 'Emotions' },
  objection: { zh: '异议处理', en: 'Objections' },
  analysis: { zh: '问题分析', en: 'Analysis' },
  solution: { zh: '解决方案', en: 'Solution' },
  cross_department: { zh: '跨部门协调', en: 'Across departments' },
  customer_first: { zh: '客户至上', en: 'Customer first' },
  warmth: { zh: '热情耐心', en: 'Warmth' },
  responsibility: { zh: '责任心', en: 'Responsibility' },
  response_time: { zh: '响应时间', en: 'Response time' },
  resolution_time: { zh: '处理时长', en: 'Handling time' },
};
const redLines = ['abuse', 'threat', 'mockery', 'data_leak', 'off_platform'] as const;
const listed = (items: readonly string[]) => items.map((item) => `'${item}'`).join(', ');
/** Everybody employed is looked at: nothing found is a zero. */
const incidents = {
  relation: 'incidents',
  agent: 'agent_id',
  at: 'at',
  where: 'first_of_kind',
  denominator: '1',
} as const;

/** What people counted of what a model was tried on: two items of assessments, summed over everybody. */
function ofAssessedCounts(
  entry: Pick<MetricEntry, 'id' | 'name' | 'better' | 'dimensions' | 'credited' | 'source' | 'words'> & {
    agent: string | null;
    part: string;
    whole: string;
  },
) {
  const { agent, part, whole, ...rest } = entry;
  return defineMetric({
    ...rest,
    unit: 'percent',
    counting: {
      relation: 'assessments',
      agent,
      at: atEnd,
      where: `item IN ('${part}', '${whole}') AND within_period`,
      numerator: `if(item = '${part}', ${millionths('value')}, 0)`,
      denominator: `if(item = '${whole}', ${millionths('value')}, 0)`,
    },
    numeratorScale: million,
    denominatorScale: million,
    minN: 1,
    counted: 'assessed',
    without: 'none',
  });
}

const defectWords: Bilingual = {
  zh: '已确认的失误次数，按 S3 的 16 类；可只看一类。同一段会话的同一类只计一次，不论由谁发现。',
  en: 'Confirmed mistakes of the sixteen kinds of S3; one kind can be asked for. One kind counts once in a conversation, whoever found it.',
};

export const qualityMetrics = [
  defineMetric({
    id: 'qa_spread',
    name: { zh: '评分离散度', en: 'Spread of scores' },
    unit: 'points',
    scale: [0, 100],
    better: 'lower',
    counting: {
      relation: 'raters',
      agent: 'rater',
      at: atEnd,
      where: `given >= 2 AND within_period`,
      numerator: millionths('spread'),
      denominator: '1',
    },
    numeratorScale: million,
    minN: 5,
    dimensions: ['agent', 'team', 'shop'],
    words: {
      definition: {
        zh: '同一份记录由两人及以上评分时，最高分与最低分之差的平均；每位评分人各计一次。',
        en: 'Mean difference between the highest and lowest score of one record with two raters or more, once for each of its raters.',
      },
      numerator: { zh: '分差之和', en: 'Sum of differences' },
      denominator: { zh: '多人评过的评分', en: 'Scores with another rater' },
    },
    credited: 'rater',
    counted: 'assessed',
    without: 'none',
    source: 'S4',
  }),
  defineMetric({
    id: 'qa_accuracy',
    name: { zh: '评分准确率', en: 'Accuracy of scores' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'raters',
      agent: 'rater',
      at: atEnd,
      where: `is_calibrated AND within_period`,
      numerator: 'off <= 5',
      denominator: '1',
    },
    minN: 5,
    dimensions: ['agent', 'team', 'shop'],
    words: {
      definition: {
        zh: '与校准分相差不超过 5 分的评分占有校准分的评分的比例。校准分是评定项 calibrated:（被校准的项）。',
        en: 'Share of the scores with a calibrated one that lie within 5 points of it. The calibrated score is the assessment item calibrated:ITEM.',
      },
      numerator: { zh: '相差 ≤ 5 分', en: 'Within 5 points' },
      denominator: { zh: '有校准分的评分', en: 'Scores with a calibrated one' },
    },
    credited: 'rater',
    counted: 'assessed',
    without: 'none',
    source: 'S4',
  }),
  defineMetric({
    id: 'qa_coverage',
    name: { zh: '质检覆盖率', en: 'Inspection coverage' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'sessions',
      agent: null,
      teamOf: 'owner_agent_id',
      at: 'started_at',
      // Where no session was ever inspected by its id, nothing is known about coverage.
      where: `replied AND (SELECT count() FROM (SELECT 1 FROM assessments WHERE startsWith(item, 'qa:') LIMIT 1)) = 1`,
      numerator: 'checked',
      denominator: '1',
    },
    minN: 30,
    dimensions: ['team', 'shop', 'channel', 'queue', 'day', 'hour'],
    words: {
      definition: {
        zh: '质检过的会话占已回复会话的比例。质检评分是评定项 qa:（会话编号），后面可以带 #inspection:（质检编号）或 #calibration:（校准编号）。',
        en: 'Share of replied sessions that were inspected. The score of an inspection is the assessment item qa:SESSION, followed by #inspection:NUMBER or #calibration:NUMBER where Heng writes it.',
      },
      numerator: { zh: '质检过的会话', en: 'Inspected sessions' },
      denominator: { zh: '已回复的会话', en: 'Replied sessions' },
    },
    credited: 'G',
    counted: 'start',
    without: 'X',
    source: 'S0',
  }),
  defineMetric({
    id: 'qa_defects',
    name: { zh: '失误次数', en: 'Mistakes' },
    unit: 'count',
    better: 'lower',
    form: 'count',
    counting: {
      ...incidents,
      numerator: `happened = 1 AND item IN (${listed(Object.keys(defectKinds))}) AND ('$item' = 'any' OR item = '$item')`,
    },
    minN: 1,
    dimensions: perPerson,
    options: {
      item: {
        description: { zh: '失误的类别', en: 'Kind of mistake' },
        labels: { any: { zh: '全部 16 类', en: 'All sixteen' }, ...defectKinds },
        values: { any: {}, ...Object.fromEntries(Object.keys(defectKinds).map((kind) => [kind, {}])) },
        standard: 'any',
      },
    },
    words: {
      definition: defectWords,
      numerator: { zh: '已确认的失误', en: 'Confirmed mistakes' },
      denominator: { zh: '在职人员与已确认的事项', en: 'Staff and confirmed incidents' },
    },
    credited: 'P',
    counted: 'event',
    without: 'unconfirmed',
    source: 'S3',
  }),
  defineMetric({
    id: 'redline_count',
    name: { zh: '红线', en: 'Red lines' },
    unit: 'count',
    better: 'lower',
    form: 'count',
    counting: { ...incidents, numerator: `happened = 1 AND item IN (${listed(redLines)})` },
    minN: 1,
    dimensions: perPerson,
    words: {
      definition: {
        zh: '已确认且未被推翻的红线事项：辱骂、威胁、嘲讽、泄露客户信息、引导站外。同一段会话的同一类只计一次，不论由谁发现。',
        en: 'Confirmed red lines that were not overturned: abuse, threat, mockery, leaked customer data, leading off the platform. One kind counts once in a conversation, whoever found it.',
      },
      numerator: { zh: '已确认的红线', en: 'Confirmed red lines' },
      denominator: { zh: '在职人员与已确认的事项', en: 'Staff and confirmed incidents' },
    },
    credited: 'P',
    counted: 'event',
    without: 'unconfirmed',
    source: 'S0, S1',
  }),
  defineMetric({
    id: 'process_audit_rate',
    name: { zh: '合规审计', en: 'Process audit' },
    assessment: 'audit',
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'assessments',
      agent: null,
      teamOf: 'agent_id',
      at: atEnd,
      where: `startsWith(item, 'audit:') AND within_period`,
      numerator: 'value > 0',
      denominator: '1',
    },
    minN: 1,
    dimensions: ['team', 'shop'],
    words: {
      definition: {
        zh: '检查清单中通过的条目占全部检查条目的比例。每条是评定项 audit:（条目），值大于 0 为通过。',
        en: 'Share of the items of the checklist that passed. Each is the assessment item audit:NAME; a value above 0 passed.',
      },
      numerator: { zh: '通过的条目', en: 'Items passed' },
      denominator: { zh: '检查的条目', en: 'Items checked' },
    },
    credited: 'G',
    counted: 'assessed',
    without: 'none',
    source: 'S2',
  }),
  ofAssessedCounts({
    id: 'kb_match_accuracy',
    name: { zh: '知识匹配准确率', en: 'Knowledge search accuracy' },
    better: 'higher',
    agent: null,
    part: 'kb_searches_correct',
    whole: 'kb_searches_labelled',
    dimensions: [],
    words: {
      definition: {
        zh: '人工标注的知识搜索中首条结果正确的比例，按评定项 kb_searches_correct 与 kb_searches_labelled。',
        en: 'Share of the marked knowledge searches whose first answer was right, by the assessment items kb_searches_correct and kb_searches_labelled.',
      },
      numerator: { zh: '结果正确的搜索', en: 'Searches answered right' },
      denominator: { zh: '标注的搜索', en: 'Searches marked' },
    },
    credited: 'model',
    source: 'S1',
  }),
  ofAssessedCounts({
    id: 'solution_match_rate',
    name: { zh: '解决方案匹配率', en: 'Solution match' },
    better: 'higher',
    agent: 'agent_id',
    part: 'solution_sessions_matched',
    whole: 'solution_sessions_checked',
    dimensions: ['agent', 'team', 'shop'],
    words: {
      definition: {
        zh: '答复取自所识别问题的已采纳知识条目、或与该条目一致（相似度不低于 0.8）的会话，占核对过的会话的比例，按评定项 solution_sessions_matched 与 solution_sessions_checked。',
        en: 'Share of the sessions checked whose answer came from, or agrees (at least 0.8 alike) with, the adopted entry for the issue recognised, by the assessment items solution_sessions_matched and solution_sessions_checked.',
      },
      numerator: { zh: '答复与知识条目一致的会话', en: 'Sessions answered as the entry says' },
      denominator: { zh: '核对过的会话', en: 'Sessions checked' },
    },
    credited: 'P',
    source: 'S0',
  }),
];
