import { type ShapeProblem, shapeSentences } from '../platform/shapeSentences.ts';
import { issuesBy, type WrittenIssue } from '../platform/writtenIssue.ts';
import { readYaml, shapeProblems } from '../platform/yamlShape.ts';
import { factParts } from './factParts.ts';
import { generalShape, type OwnFilter, type OwnMetric, type OwnSide, ownMetricSchema } from './ownMetricSchema.ts';

const sentences = {
  ...shapeSentences,
  'id.form': [
    'error',
    '编号以 own_ 开头，只用小写字母、数字和下划线，最多 60 个字符',
    'An id begins with own_ and has small letters, digits and underscores only, at most 60',
  ],
  'filter.order': ['error', '起点 {from} 大于终点 {to}', 'It begins at {from}, after its end {to}'],
  'unit.share': [
    'error',
    '百分比的分子和分母要同为条数或同为时长',
    'A percentage divides counts by counts, or time by time',
  ],
  'unit.time': [
    'error',
    '单位是时间，分子必须是时长之和',
    'The unit is time: the numerator must be a sum of durations',
  ],
  'unit.notTime': [
    'error',
    '分子是时长之和，单位应为秒、分钟、小时或百分比',
    'The numerator is a sum of durations: the unit must be seconds, minutes, hours or percent',
  ],
  'unit.needsDenominator': ['error', '百分比要有分母', 'A percentage needs a denominator'],
  'window.missing': ['error', '按观察窗口计入时要写明窗口小时数', 'Counting by a window needs its hours'],
  'window.unused': ['error', '只有按观察窗口计入时才写窗口小时数', 'Hours of a window are only for counting by one'],
} as const;

const lengthMax = 64 * 1024;

/** A metric out of YAML or JSON, or every issue with its place. Never throws. */
export function readOwnMetric(
  text: string,
):
  | { readonly metric: OwnMetric; readonly issues: readonly [] }
  | { readonly metric: null; readonly issues: readonly WrittenIssue[] } {
  const read = readYaml(text, { lengthMax, numbers: 'numbers' });
  if ('problems' in read) return { metric: null, issues: read.problems.map(issueOf) };
  return checkOwnMetric(read.content);
}

/** The same for a content that was parsed already. */
export function checkOwnMetric(content: unknown): ReturnType<typeof readOwnMetric> {
  const parsed = ownMetricSchema.safeParse(content, { reportInput: true });
  if (!parsed.success) {
    const found = parsed.error.issues.flatMap(shapeProblems);
    // Without a fact nothing else was looked at: the rest that holds for every fact is told as well.
    const rest = found.every(({ path }) => path === 'fact')
      ? (generalShape.safeParse(content, { reportInput: true }).error?.issues.flatMap(shapeProblems) ?? [])
      : [];
    return { metric: null, issues: [...found, ...rest].map(issueOf) };
  }
  const issues = [...orderIssues(parsed.data), ...unitIssues(parsed.data), ...windowIssues(parsed.data)].map(issueOf);
  return issues.length > 0 ? { metric: null, issues } : { metric: parsed.data, issues: [] };
}

interface Problem {
  readonly path: string;
  readonly code: keyof typeof sentences;
  readonly params?: ShapeProblem['params'];
}

const worded = issuesBy(sentences);
const issueOf = ({ path, code, params }: Problem): WrittenIssue =>
  worded(path, path === 'id' && code === 'shape.other' ? 'id.form' : code, params);

function orderIssues(own: OwnMetric): Problem[] {
  const lists: [string, readonly OwnFilter[] | undefined][] = [
    ['where', own.where],
    ['numerator.where', own.numerator.where],
    ['denominator.where', own.denominator?.where],
  ];
  return lists.flatMap(([place, filters = []]) =>
    filters.flatMap((filter, i): Problem[] =>
      filter.op === 'between' && filter.from > filter.to
        ? [{ path: `${place}[${i}]`, code: 'filter.order', params: { from: filter.from, to: filter.to } }]
        : [],
    ),
  );
}

function unitIssues(own: OwnMetric): Problem[] {
  const kindOf = (side: OwnSide) => (side.of === 'rows' ? 'count' : factParts(own.fact).columns[side.column]?.type);
  const above = kindOf(own.numerator);
  const below = own.denominator ? kindOf(own.denominator) : null;
  const isTime = own.unit === 'seconds' || own.unit === 'minutes' || own.unit === 'hours';
  if (isTime) return above === 'duration' ? [] : [{ path: 'unit', code: 'unit.time' }];
  if (own.unit !== 'percent') return above === 'duration' ? [{ path: 'unit', code: 'unit.notTime' }] : [];
  if (below === null) return [{ path: 'denominator', code: 'unit.needsDenominator' }];
  // A mean of values that are percentages already, such as an assessment from 0 to 100, is one as well.
  const isMeanOfValues = above === 'amount' && own.denominator?.of === 'rows';
  return above === below || isMeanOfValues ? [] : [{ path: 'unit', code: 'unit.share' }];
}

function windowIssues({ counted, windowHours }: OwnMetric): Problem[] {
  if (counted === 'window' && windowHours === undefined) return [{ path: 'windowHours', code: 'window.missing' }];
  if (counted !== 'window' && windowHours !== undefined) return [{ path: 'windowHours', code: 'window.unused' }];
  return [];
}
