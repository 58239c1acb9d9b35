import { compare, fraction, one, zero } from './fraction.ts';
import { offeredMetric } from './offeredMetric.ts';
import type { AmountOrInput } from './planAmounts.ts';
import { type Issue, issue } from './planIssues.ts';
import { type PlanMetric, withOptions } from './planMetric.ts';
import type { Plan, PlanItem, PlanTarget } from './planSchema.ts';
import { checkOptions } from './validateOptions.ts';
import { checkStandardised } from './validateStandardised.ts';

type Better = 'higher' | 'lower';
type Metrics = ReadonlyMap<string, PlanMetric>;
/** A block's replacement has neither weight nor pair, and is judged like an item otherwise. */
type JudgedItem = Omit<PlanItem, 'weight' | 'pair' | 'bonus'>;

export function validateItems(plan: Plan, metrics: Metrics): Issue[] {
  return plan.blocks.flatMap((block, b) => [
    ...block.items.flatMap((item, i) => checkItem(item, `blocks[${b}].items[${i}]`, metrics, plan)),
    ...(block.replacedBy ? checkItem(block.replacedBy, `blocks[${b}].replacedBy`, metrics, plan) : []),
    ...pairs(block.items, `blocks[${b}]`),
    ...block.items.flatMap((item, i) => whose(plan, item, `blocks[${b}].items[${i}]`, metrics)),
  ]);
}

/** Of a person there is no figure of a metric that only teams answer for. */
function whose(plan: Plan, item: PlanItem, path: string, metrics: Metrics): Issue[] {
  const metric = metrics.get(item.metric);
  if (!metric || plan.appraises === 'team') return [];
  const place = `${path}.of`;
  if (item.of !== 'team')
    return metric.dimensions.includes('agent') ? [] : [issue(place, 'metric.notByAgent', { metric: metric.id })];
  const { id } = withOptions(metric, item.options);
  const isSame = (other: PlanItem) =>
    other.metric === item.metric && withOptions(metric, other.options).id === id && !other.of;
  const mixed = plan.blocks.some(({ items }) => items.some(isSame));
  return [
    ...(metric.dimensions.includes('team') ? [] : [issue(place, 'metric.notByTeam', { metric: metric.id })]),
    ...(mixed ? [issue(place, 'metric.mixed', { metric: metric.id })] : []),
  ];
}

export function checkItem(
  item: JudgedItem,
  path: string,
  metrics: Metrics,
  plan: Pick<Plan, 'appraises' | 'smallSample' | 'inputs'>,
): Issue[] {
  const named = metrics.get(item.metric);
  const metric = named && withOptions(named, item.options);
  const issues: Issue[] = offeredMetric(item.metric, `${path}.metric`, metrics);
  if (metric && metric.better === 'band' && !item.better) {
    issues.push(issue(`${path}.metric`, 'metric.noDirection', { metric: item.metric }));
  }
  if (named) {
    const chosen = { options: item.options, curve: item.attainment.curve };
    issues.push(...checkOptions(chosen, named, path, plan.appraises ?? 'agent'));
    issues.push(...checkStandardised(item, named, path, plan));
  }
  const better = item.better ?? (metric?.better === 'lower' ? 'lower' : 'higher');
  if (item.perMonth && !isMonthly(item.target)) issues.push(issue(`${path}.perMonth`, 'perMonth.target'));
  if (item.minimumN !== undefined) issues.push(...whole(item.minimumN, `${path}.minimumN`));
  for (const [place, target] of targetAmounts(item))
    issues.push(...checkTarget(target, better, `${path}.target${place}`, plan.inputs));
  issues.push(...checkTargetMetrics(item, path, metric, { metrics, plan }), ...checkCurve(item, better, path, metric));
  if (item.smallSample?.mode === 'deduct') {
    issues.push(...deductMode(item.smallSample, `${path}.smallSample`));
    if (metric && metric.unit !== 'percent')
      issues.push(issue(`${path}.smallSample`, 'smallSample.notRate', { metric: item.metric }));
  }
  return issues;
}

export function deductMode(rule: { above: string; perPoint: string; perBad: string }, path: string): Issue[] {
  return [
    ...whole(rule.above, `${path}.above`),
    ...charge(rule.perPoint, `${path}.perPoint`),
    ...charge(rule.perBad, `${path}.perBad`),
  ];
}

/** A target is above 0 where more is better, and never below it; so too where an input gives it, whatever that input's range is. */
export function checkTarget(target: AmountOrInput, better: Better, path: string, inputs: Plan['inputs']): Issue[] {
  const input = typeof target === 'string' ? null : inputs.find(({ id }) => id === target.input);
  const amount = typeof target === 'string' ? target : input?.value;
  if (amount === undefined) return [];
  const sign = compare(fraction(amount), zero);
  if (sign > 0 || (sign === 0 && better === 'lower')) return [];
  if (input) return [issue(path, better === 'higher' ? 'input.notPositive' : 'input.negative', input.name)];
  return [issue(path, better === 'higher' ? 'target.notPositive' : 'target.negative')];
}

/** What can be so many times as much for so many months: one amount, or one for each tier. */
const isMonthly = (target: PlanTarget): boolean =>
  typeof target === 'string' || 'input' in target || 'byTier' in target;

function targetAmounts({ target }: JudgedItem): [place: string, amount: AmountOrInput][] {
  if (typeof target === 'string' || 'input' in target) return [['', target]];
  if ('byPriority' in target)
    return Object.entries(target.byPriority).map(([key, amount]) => [`.byPriority.${key}`, amount]);
  if ('byTier' in target) return Object.entries(target.byTier).map(([key, amount]) => [`.byTier.${key}`, amount]);
  if ('ofMetric' in target) return [['.ofMetric.factor', target.ofMetric.factor]];
  const { below, reached, unknown } = target.byLoad;
  return [
    ['.byLoad.below', below],
    ['.byLoad.reached', reached],
    ['.byLoad.unknown', unknown],
  ];
}

function checkTargetMetrics(
  { target, metric: id }: JudgedItem,
  path: string,
  metric: PlanMetric | undefined,
  { metrics, plan }: { readonly metrics: Metrics; readonly plan: Pick<Plan, 'appraises'> },
): Issue[] {
  if (typeof target === 'string') return [];
  if ('byPriority' in target && metric && !metric.dimensions.includes('priority')) {
    return [issue(`${path}.target.byPriority`, 'metric.notSplit', { metric: id })];
  }
  const other = 'byLoad' in target ? target.byLoad : 'ofMetric' in target ? target.ofMetric : null;
  if (other === null) return [];
  const place = `${path}.target.${'byLoad' in target ? 'byLoad' : 'ofMetric'}`;
  const named = metrics.get(other.metric);
  // The load is judged day by day.
  const isDaily = !named || !('byLoad' in target) || withOptions(named, other.options).dimensions.includes('day');
  return [
    ...offeredMetric(other.metric, `${place}.metric`, metrics),
    ...(named ? checkOptions({ options: other.options }, named, place, plan.appraises ?? 'agent') : []),
    ...(isDaily ? [] : [issue(`${place}.metric`, 'metric.notByDay', { metric: other.metric })]),
  ];
}

function checkCurve(
  { attainment, target, metric: id }: JudgedItem,
  better: Better,
  path: string,
  metric: PlanMetric | undefined,
): Issue[] {
  const at = `${path}.attainment`;
  switch (attainment.curve) {
    case 'ratio':
      return [];
    case 'step': {
      const order = better === 'higher' ? 1 : -1;
      return attainment.steps.flatMap((step, i) => {
        const next = attainment.steps[i + 1];
        const fallsOff = next && order * compare(fraction(step.at), fraction(next.at)) <= 0;
        return [
          ...(fallsOff ? [issue(`${at}.steps[${i + 1}].at`, 'step.order')] : []),
          ...share(step.gives, `${at}.steps[${i}].gives`),
        ];
      });
    }
    case 'table':
      return attainment.rows.flatMap((row, i) => tableRow(row, attainment.rows, i, at));
    case 'perPoint':
      return [...charge(attainment.each, `${at}.each`), ...charge(attainment.loses, `${at}.loses`)];
    case 'perOccurrence':
      return charge(attainment.loses, `${at}.loses`);
    case 'deductions':
      return [
        ...(attainment.charges.length === 0 && attainment.perDay === undefined
          ? [issue(at, 'deductions.nothing')]
          : []),
        ...attainment.charges.flatMap(({ minor, major }, i) => [
          ...charge(minor, `${at}.charges[${i}].minor`),
          ...charge(major, `${at}.charges[${i}].major`),
          ...(compare(fraction(minor), fraction(major)) > 0
            ? [issue(`${at}.charges[${i}].major`, 'charge.order', { minor, major })]
            : []),
        ]),
        ...(attainment.perDay === undefined ? [] : charge(attainment.perDay, `${at}.perDay`)),
        ...(attainment.perDay !== undefined && metric && !metric.dimensions.includes('day')
          ? [issue(`${at}.perDay`, 'metric.notByDay', { metric: id })]
          : []),
      ];
    case 'range':
    case 'linear': {
      if (typeof target !== 'string') return [issue(at, 'curve.target')];
      const mark = attainment.curve === 'range' ? attainment.pass : attainment.floor;
      const side = compare(fraction(mark), fraction(target)) * (better === 'higher' ? 1 : -1);
      const place = attainment.curve === 'range' ? 'pass' : 'floor';
      if (side >= 0) return [issue(`${at}.${place}`, 'curve.order', { mark, target })];
      return place === 'pass' && compare(fraction(mark), zero) <= 0 ? [issue(`${at}.pass`, 'target.notPositive')] : [];
    }
  }
}

interface Row {
  readonly below?: string | undefined;
  readonly gives: string;
}

/** From small to large, each up to where the next begins; what lies above the last edge belongs to the last row. */
function tableRow(row: Row, rows: readonly Row[], i: number, at: string): Issue[] {
  const before = rows[i - 1]?.below;
  const last = i === rows.length - 1;
  const place = `${at}.rows[${i}]`;
  const edge: Issue[] = [];
  if (last && row.below !== undefined) edge.push(issue(`${place}.below`, 'table.open', { below: row.below }));
  if (!last && row.below === undefined) edge.push(issue(place, 'table.edge'));
  if (row.below !== undefined && before !== undefined && compare(fraction(row.below), fraction(before)) <= 0)
    edge.push(issue(`${place}.below`, 'table.order', { before, below: row.below }));
  return [...edge, ...share(row.gives, `${place}.gives`)];
}

function pairs(items: readonly PlanItem[], path: string): Issue[] {
  return items.flatMap(({ pair }, i) =>
    pair === undefined || items.some((other, o) => o !== i && other.pair === pair)
      ? []
      : [issue(`${path}.items[${i}].pair`, 'pair.alone', { pair })],
  );
}

function share(amount: string, path: string): Issue[] {
  const value = fraction(amount);
  return compare(value, zero) < 0 || compare(value, one) > 0 ? [issue(path, 'step.share')] : [];
}

function charge(amount: string, path: string): Issue[] {
  return compare(fraction(amount), zero) > 0 ? [] : [issue(path, 'charge.notPositive')];
}

export function whole(amount: string, path: string): Issue[] {
  return /^[1-9]\d{0,8}$/.test(amount) ? [] : [issue(path, 'n.notWhole')];
}
