import { chosenWords } from '../metrics/metricOptions.ts';
import type { Bilingual, Language } from '../platform/language.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import type { PlanDiff } from './schemas.ts';
import { amountText, periodKinds } from './wording.ts';

type Change = PlanDiff['changes'][number];

/** What a plan's fields are called, for readers. */
const fields: Readonly<Record<string, Bilingual>> = {
  name: { zh: '名称', en: 'name' },
  summary: { zh: '简介', en: 'summary' },
  weight: { zh: '权重', en: 'weight' },
  target: { zh: '目标', en: 'target' },
  metric: { zh: '指标', en: 'metric' },
  options: { zh: '计法选项', en: 'options' },
  better: { zh: '方向', en: 'direction' },
  attainment: { zh: '达成度算法', en: 'attainment' },
  minimumN: { zh: '最少样本', en: 'smallest sample' },
  perMonth: { zh: '按月计', en: 'per month' },
  values: { zh: '取值', en: 'values' },
  from: { zh: '下限', en: 'from' },
  to: { zh: '上限', en: 'to' },
  coefficient: { zh: '系数', en: 'coefficient' },
  consequence: { zh: '后果', en: 'consequence' },
  value: { zh: '填写值', en: 'value' },
  rec: { zh: '说明', en: 'note' },
  blocks: { zh: '板块', en: 'block' },
  items: { zh: '项', en: 'item' },
  bands: { zh: '等级', en: 'grade' },
  inputs: { zh: '待填写', en: 'input' },
  outcomes: { zh: '结果规则', en: 'outcome' },
  vetoes: { zh: '红线', en: 'red line' },
  checklist: { zh: '检查表', en: 'checklist' },
  notes: { zh: '备注', en: 'note' },
  promotion: { zh: '大促规则', en: 'promotion' },
  relax: { zh: '放宽', en: 'relaxation' },
  factor: { zh: '倍数', en: 'factor' },
  metrics: { zh: '指标', en: 'metrics' },
  smallSample: { zh: '小样本', en: 'small sample' },
  unratedAbove: { zh: '不评级界限', en: 'unrated above' },
  byPriority: { zh: '按优先级', en: 'by priority' },
  byTier: { zh: '按岗级', en: 'by tier' },
  byLoad: { zh: '按负荷', en: 'by load' },
  normal: { zh: '普通工单', en: 'normal tickets' },
  urgent: { zh: '紧急工单', en: 'urgent tickets' },
  appeal: { zh: '申诉', en: 'appeal' },
  days: { zh: '天数', en: 'days' },
  decideDays: { zh: '几天内答复', en: 'answered within days' },
  id: { zh: '标识', en: 'id' },
  source: { zh: '出处', en: 'source' },
  about: { zh: '为什么要填', en: 'about' },
  min: { zh: '最小', en: 'at least' },
  max: { zh: '最大', en: 'at most' },
  takesFrom: { zh: '从哪一项让出', en: 'taken from' },
  item: { zh: '项', en: 'item' },
  grade: { zh: '等级', en: 'grade' },
  inARow: { zh: '连续几期', en: 'in a row' },
  proposes: { zh: '提议', en: 'proposes' },
  range: { zh: '建议范围', en: 'range' },
  title: { zh: '荣誉名称', en: 'title' },
  paidMonths: { zh: '带薪月数', en: 'paid months' },
  text: { zh: '文字', en: 'words' },
  input: { zh: '取自', en: 'taken from input' },
  orBetter: { zh: '更高也算', en: 'or better' },
  of: { zh: '对象', en: 'of' },
  pair: { zh: '成对', en: 'pair' },
  bonus: { zh: '加分项', en: 'bonus' },
  exclude: { zh: '不计入', en: 'left out' },
  appraises: { zh: '考核谁', en: 'appraises' },
  tracks: { zh: '大类', en: 'tracks' },
  track: { zh: '所属大类', en: 'track' },
  within: { zh: '权重范围', en: 'within' },
  presence: { zh: '出勤要求', en: 'presence' },
  attendanceBelow: { zh: '出勤低于', en: 'attendance below' },
  firstPartMonth: { zh: '入职首月不评', en: 'first partial month' },
  couplings: { zh: '联动', en: 'couplings' },
  coupling: { zh: '联动', en: 'coupling' },
  cap: { zh: '封顶', en: 'cap' },
  by: { zh: '取决于', en: 'by' },
  floor: { zh: '下限', en: 'floor' },
  ceiling: { zh: '上限', en: 'ceiling' },
  incentives: { zh: '激励', en: 'incentives' },
  rate: { zh: '比例', en: 'rate' },
  stars: { zh: '星级', en: 'stars' },
  meets: { zh: '达标的项', en: 'meets' },
  vetoReach: { zh: '红线管到多长的周期', en: 'how far red lines reach' },
  upTo: { zh: '最长到', en: 'up to' },
  ruleEvidence: { zh: '规则扣分的依据', en: 'evidence of rules' },
  labelled: { zh: '裁定个数', en: 'labelled' },
  precisionPercent: { zh: '准确率下端', en: 'precision' },
  rolling: { zh: '最近几个', en: 'rolling' },
  mentoring: { zh: '带教', en: 'mentoring' },
  months: { zh: '月数', en: 'months' },
  survey: { zh: '客户参与', en: 'customers’ survey' },
  step: { zh: '一次最多动几分', en: 'points an item moves at most' },
  least: { zh: '至少几条回答', en: 'answers needed' },
  share: { zh: '占比', en: 'share' },
  distribution: { zh: '强制分布', en: 'forced distribution' },
  teamCoefficient: { zh: '团队系数', en: 'team coefficient' },
  enabled: { zh: '启用', en: 'enabled' },
  periods: { zh: '哪些周期', en: 'periods' },
  top: { zh: '最高', en: 'top' },
  second: { zh: '次高', en: 'second' },
  standard: { zh: '标准', en: 'standard' },
  bottom: { zh: '最低', en: 'bottom' },
  vetoed: { zh: '红线', en: 'red line' },
  pool: { zh: '在谁之间排', en: 'pool' },
  smallest: { zh: '最少人数', en: 'smallest' },
  otherwise: { zh: '人数不足时', en: 'otherwise' },
  levels: { zh: '级数', en: 'levels' },
  pays: { zh: '系数乘什么', en: 'pays' },
  presets: { zh: '预设', en: 'presets' },
  coefficients: { zh: '系数', en: 'coefficients' },
  views: { zh: '另一种归类', en: 'views' },
  parts: { zh: '归类', en: 'parts' },
  vetoOnly: { zh: '只因红线', en: 'red line only' },
  effect: { zh: '影响', en: 'effect' },
  incident: { zh: '事项', en: 'incident' },
  mode: { zh: '方式', en: 'mode' },
  above: { zh: '样本多于', en: 'above' },
  perPoint: { zh: '每点扣', en: 'per point' },
  perBad: { zh: '每个差评扣', en: 'per bad one' },
  replacedBy: { zh: '可由它代替', en: 'replaced by' },
  threshold: { zh: '界限', en: 'threshold' },
  below: { zh: '低于时', en: 'below' },
  reached: { zh: '达到时', en: 'reached' },
  unknown: { zh: '不明时', en: 'unknown' },
  junior: { zh: '初级岗', en: 'junior' },
  mid: { zh: '中级岗', en: 'mid' },
  senior: { zh: '高级岗', en: 'senior' },
  ofMetric: { zh: '另一指标', en: 'of another metric' },
  pass: { zh: '及格线', en: 'pass' },
  steps: { zh: '档位', en: 'steps' },
  at: { zh: '达到', en: 'at' },
  gives: { zh: '达成度', en: 'gives' },
  rows: { zh: '区间', en: 'rows' },
  each: { zh: '每', en: 'each' },
  loses: { zh: '扣', en: 'loses' },
  charges: { zh: '扣分事项', en: 'charges' },
  minor: { zh: '轻微扣', en: 'minor' },
  major: { zh: '严重扣', en: 'major' },
  oncePerDay: { zh: '一天一次', en: 'once a day' },
  perDay: { zh: '每天扣', en: 'per day' },
  curve: { zh: '算法', en: 'curve' },
  assessments: { zh: '评定表', en: 'assessment forms' },
  assessor: { zh: '由谁评', en: 'assessor' },
  every: { zh: '多久一次', en: 'how often' },
  dueDays: { zh: '几天内交', en: 'due after days' },
  optional: { zh: '没评不算缺', en: 'optional' },
  asks: { zh: '问什么', en: 'asks' },
  questions: { zh: '题目', en: 'questions' },
  anchor: { zh: '什么样算这一级', en: 'anchor' },
  points: { zh: '得分', en: 'points' },
  lines: { zh: '核对的内容', en: 'lines' },
  tickets: { zh: '抽查几张工单', en: 'tickets' },
  unit: { zh: '单位', en: 'unit' },
  most: { zh: '最多', en: 'at most' },
};

/** What a plan's field is called, or its own name where nobody has worded it. */
export function fieldName(field: string, place = ''): Bilingual {
  if (field === 'value' && !place.startsWith('inputs')) return judgedBy;
  if (place.startsWith('assessments') && (field === 'item' || field === 'levels')) return ofForms[field];
  return fields[field] ?? { zh: field, en: field };
}

/** Of an input `value` is the number given; of an item, which figure judges it. */
const judgedBy: Bilingual = { zh: '取哪个值', en: 'judged by' };
/** A grade has a number of levels, a question has the levels themselves; an item is a plan's own elsewhere. */
const ofForms = {
  item: { zh: '评定项', en: 'assessment item' },
  levels: { zh: '等级', en: 'levels' },
} satisfies Record<string, Bilingual>;

/** What changed from one version to the next, in the order of the plan, each with a sentence. Lists are matched by id. */
export function planDifferences(before: Plan, after: Plan, catalogue: readonly PlanMetric[]): Change[] {
  return compare('', [], before, after, new Map(catalogue.map((metric) => [metric.id, metric])));
}

type Metrics = ReadonlyMap<string, PlanMetric>;

function compare(
  path: string,
  trail: readonly Bilingual[],
  before: unknown,
  after: unknown,
  metrics: Metrics,
): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isNamedList(before) && isNamedList(after)) return compareLists(path, trail, before, after, metrics);
  if (isRecord(before) && isRecord(after) && !isText(before) && !isText(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      const place = path === '' ? key : `${path}.${key}`;
      const name = [...trail, fieldName(key, place)];
      if (key !== 'metric' && key !== 'options') return compare(place, name, before[key], after[key], metrics);
      // A metric and its options are told by their names.
      const told = [before, after].map((item) =>
        key === 'metric' ? metricName(item, metrics) : optionsOf(item, metrics),
      );
      return JSON.stringify(before[key]) === JSON.stringify(after[key])
        ? []
        : [changeOf(place, name, told[0] ?? null, told[1] ?? null)];
    });
  }
  return [changeOf(path, trail, shown(before), shown(after))];
}

function compareLists(
  path: string,
  trail: readonly Bilingual[],
  before: readonly Named[],
  after: readonly Named[],
  metrics: Metrics,
): Change[] {
  const ids = [...new Set([...before, ...after].map(idOf))];
  return ids.flatMap((id) => {
    const [old, now] = [before.find((each) => idOf(each) === id), after.find((each) => idOf(each) === id)];
    const place = [...trail, nameOf(now ?? old, id)];
    if (old && now) return compare(`${path}[${id}]`, place, old, now, metrics);
    return [changeOf(`${path}[${id}]`, place, old ? summary(old) : null, now ? summary(now) : null)];
  });
}

function changeOf(
  path: string,
  trail: readonly Bilingual[],
  before: Bilingual | null,
  after: Bilingual | null,
): Change {
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const write = (language: Language): string => {
    const zh = language === 'zh';
    const where = trail.map((each) => each[language]).join(zh ? '·' : ' · ');
    const quoted = (text: Bilingual | null) => (zh ? `“${text?.zh ?? ''}”` : `"${text?.en ?? ''}"`);
    switch (kind) {
      case 'added':
        return zh ? `新增 ${where}：${after?.zh ?? ''}` : `Added ${where}: ${after?.en ?? ''}`;
      case 'removed':
        return zh ? `删除 ${where}（原为${quoted(before)}）` : `Removed ${where} (was ${quoted(before)})`;
      case 'changed':
        return zh
          ? `${where} 由${quoted(before)}改为${quoted(after)}`
          : `${where} from ${quoted(before)} to ${quoted(after)}`;
    }
  };
  return {
    path,
    kind,
    before: before?.zh ?? null,
    after: after?.zh ?? null,
    text: { zh: write('zh'), en: write('en') },
  };
}

function metricName({ metric }: Named, metrics: Metrics): Bilingual | null {
  return typeof metric === 'string' ? (metrics.get(metric)?.name ?? { zh: metric, en: metric }) : null;
}

function optionsOf({ metric, options }: Named, metrics: Metrics): Bilingual | null {
  if (!isRecord(options)) return null;
  const chosen = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
  return chosenWords(metrics.get(String(metric))?.options ?? {}, chosen);
}

type Named = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: Named): boolean =>
  typeof value.zh === 'string' && typeof value.en === 'string' && Object.keys(value).length === 2;
const isNamedList = (value: unknown): value is Named[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => isRecord(each) && typeof idOf(each) === 'string');

function idOf(entry: Named): string | undefined {
  const id = entry.id ?? entry.incident ?? (isRecord(entry.item) ? entry.item.id : undefined);
  return typeof id === 'string' ? id : undefined;
}

function nameOf(entry: Named | undefined, id: string | undefined): Bilingual {
  const name = isRecord(entry?.name)
    ? entry.name
    : isRecord(entry?.item) && isRecord(entry.item.name)
      ? entry.item.name
      : null;
  return { zh: String(name?.zh ?? id), en: String(name?.en ?? id) };
}

function summary(entry: Named): Bilingual {
  const parts = ['weight', 'target', 'from', 'coefficient'].flatMap((key) => {
    const value = shown(entry[key]);
    const field = fields[key];
    return value && field ? [{ zh: `${field.zh} ${value.zh}`, en: `${field.en} ${value.en}` }] : [];
  });
  const all = parts.length > 0 ? parts : [nameOf(entry, idOf(entry))];
  return { zh: all.map(({ zh }) => zh).join('，'), en: all.map(({ en }) => en).join(', ') };
}

function shown(value: unknown): Bilingual | null {
  if (value === undefined || value === null) return null;
  if (value === 'month' || value === 'quarter' || value === 'year') return periodKinds[value];
  if (typeof value === 'string') return { zh: amountText(value), en: amountText(value) };
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (isRecord(value) && isText(value)) return { zh: String(value.zh), en: String(value.en) };
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, each]) => ({ key, text: shown(each) }));
    return {
      zh: entries.map(({ key, text }) => `${fields[key]?.zh ?? key} ${text?.zh ?? ''}`).join('，'),
      en: entries.map(({ key, text }) => `${fields[key]?.en ?? key} ${text?.en ?? ''}`).join(', '),
    };
  }
  if (Array.isArray(value)) {
    const all = value.flatMap((each) => shown(each) ?? []);
    return { zh: all.map(({ zh }) => zh).join('；'), en: all.map(({ en }) => en).join('; ') };
  }
  return { zh: String(value), en: String(value) };
}
