import { type ShapeProblem, shapeSentences } from '../../platform/shapeSentences.ts';
import { issuesBy, type WrittenIssue } from '../../platform/writtenIssue.ts';
import { readYaml, shapeProblems } from '../../platform/yamlShape.ts';
import { hundredths, inPoints, itemsOf } from './points.ts';
import { type Rubric, rubricSchema } from './rubricSchema.ts';

const sentences = {
  ...shapeSentences,
  'shape.amount': ['error', '应为最多两位小数的分数', 'Must be points with two decimals at most'],
  'weights.total': [
    'error',
    '各类别的满分相加是 {total}，应为 100',
    'The weights of the categories add up to {total}, not 100',
  ],
  'weights.category': [
    'error',
    '各项的满分相加是 {total}，与类别的满分 {weight} 不符',
    'Its items add up to {total}, but the category weighs {weight}',
  ],
  'levels.order': [
    'error',
    '等级要从最好排到最差：{points} 不低于上一级的 {above}',
    'Levels go from best to worst: {points} is not below the {above} before it',
  ],
  'level.severity': [
    'error',
    '这一级扣分并记事项，要写明 severity 是 minor 还是 major',
    'This level loses points and is recorded: say whether its severity is minor or major',
  ],
  'level.best': ['error', '最好的一级不记事项，不写 severity', 'The best level is no incident and has no severity'],
  'level.unrecorded': ['error', '没有 incident 的项不写 severity', 'An item without an incident has no severity'],
  'id.repeated': ['error', '编号 {id} 出现了不止一次', 'The id {id} occurs more than once'],
  'failsAt.unused': ['error', '没有关键项，不写 failsAt', 'failsAt is for rubrics with a critical item'],
  'failsAt.above': ['error', 'failsAt 最多 100', 'failsAt is 100 at most'],
} as const;

const lengthMax = 200_000;

/** A rubric out of YAML or JSON, or every issue with its place. Never throws. */
export function readRubric(
  text: string,
):
  | { readonly rubric: Rubric; readonly issues: readonly [] }
  | { readonly rubric: null; readonly issues: WrittenIssue[] } {
  const read = readYaml(text, { lengthMax, numbers: 'asWritten' });
  if ('problems' in read) return { rubric: null, issues: read.problems.map(issueOf) };
  const parsed = rubricSchema.safeParse(read.content, { reportInput: true });
  if (!parsed.success) return { rubric: null, issues: parsed.error.issues.flatMap(shapeProblems).map(issueOf) };
  const rubric = parsed.data;
  const issues = [...weightProblems(rubric), ...levelProblems(rubric), ...idProblems(rubric), ...failProblems(rubric)];
  return issues.length > 0 ? { rubric: null, issues: issues.map(issueOf) } : { rubric, issues: [] };
}

interface Problem {
  readonly path: string;
  readonly code: keyof typeof sentences;
  readonly params?: ShapeProblem['params'];
}

const total = (points: readonly string[]) => points.reduce((sum, each) => sum + hundredths(each), 0n);

function weightProblems({ categories }: Rubric): Problem[] {
  const whole = total(categories.map(({ weight }) => weight));
  const inside = categories.flatMap(({ weight, items }, i): Problem[] => {
    const sum = total(items.map(({ levels }) => levels[0]?.points ?? '0'));
    return sum === hundredths(weight)
      ? []
      : [{ path: `categories[${i}].items`, code: 'weights.category', params: { total: inPoints(sum), weight } }];
  });
  return whole === 100_00n
    ? inside
    : [{ path: 'categories', code: 'weights.total', params: { total: inPoints(whole) } }, ...inside];
}

function levelProblems({ categories }: Rubric): Problem[] {
  return categories.flatMap(({ items }, c) =>
    items.flatMap(({ levels, incident }, i) =>
      levels.flatMap((level, l): Problem[] => {
        const path = `categories[${c}].items[${i}].levels[${l}]`;
        const above = levels[l - 1];
        const found: Problem[] = [];
        // A red line outside the points (0 of 0) tells its levels apart without them.
        const isPointless = levels.every(({ points }) => hundredths(points) === 0n);
        if (above && !isPointless && hundredths(level.points) >= hundredths(above.points))
          found.push({
            path: `${path}.points`,
            code: 'levels.order',
            params: { points: level.points, above: above.points },
          });
        if (l === 0 && level.severity) found.push({ path: `${path}.severity`, code: 'level.best' });
        if (l > 0 && incident && !level.severity) found.push({ path, code: 'level.severity' });
        if (!incident && level.severity) found.push({ path: `${path}.severity`, code: 'level.unrecorded' });
        return found;
      }),
    ),
  );
}

function idProblems(rubric: Rubric): Problem[] {
  const { categories } = rubric;
  const items = categories.flatMap((category, c) =>
    category.items.map(({ id }, i) => ({ id, path: `categories[${c}].items[${i}].id` })),
  );
  const levels = categories.flatMap((category, c) =>
    category.items.flatMap((item, i) =>
      repeated(item.levels.map(({ id }, l) => ({ id, path: `categories[${c}].items[${i}].levels[${l}].id` }))),
    ),
  );
  return [
    ...repeated(categories.map(({ id }, c) => ({ id, path: `categories[${c}].id` }))),
    ...repeated(items),
    ...levels,
  ];
}

function repeated(all: readonly { id: string; path: string }[]): Problem[] {
  const seen = new Set<string>();
  return all.flatMap(({ id, path }): Problem[] => {
    if (seen.has(id)) return [{ path, code: 'id.repeated', params: { id } }];
    seen.add(id);
    return [];
  });
}

function failProblems(rubric: Rubric): Problem[] {
  if (rubric.failsAt === undefined) return [];
  if (!itemsOf(rubric).some(({ critical }) => critical)) return [{ path: 'failsAt', code: 'failsAt.unused' }];
  return hundredths(rubric.failsAt) > 100_00n ? [{ path: 'failsAt', code: 'failsAt.above' }] : [];
}

const worded = issuesBy(sentences);
const issueOf = ({ path, code, params }: Problem): WrittenIssue => worded(path, code, params);
