import { add, compare, type Fraction, fraction, one, subtract, sum, toDecimal, zero } from './fraction.ts';
import { type Issue, type IssueCode, issue } from './planIssues.ts';
import type { Plan, PlanBlock, PlanItem } from './planSchema.ts';

/** What a plan needs to know about a metric; the catalogue's definitions have more. */
export interface PlanMetric {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly unit: string;
  readonly better: 'higher' | 'lower' | 'band';
  readonly minN: number;
  readonly dimensions: readonly string[];
}

const hundred = fraction('100');

/** Everything that is wrong with a plan of the right shape, each with its place. Empty: it can be published and paid out. */
export function validatePlan(plan: Plan, catalogue: readonly PlanMetric[]): Issue[] {
  const metrics = new Map(catalogue.map((metric) => [metric.id, metric]));
  return [
    ...duplicates(plan),
    ...weights(plan),
    ...plan.blocks.flatMap((block, b) =>
      block.items.flatMap((item, i) => checkItem(item, `blocks[${b}].items[${i}]`, metrics)),
    ),
    ...bands(plan),
    ...inputs(plan),
    ...promotion(plan, metrics),
    ...outcomes(plan),
    ...percent(plan.smallSample.unratedAbove, 'smallSample.unratedAbove'),
    ...(plan.appeal ? whole(plan.appeal.days, 'appeal.days') : []),
  ];
}

/** The weight of each item: as written, or an equal share of its block where none of them is. */
export function itemWeights(block: PlanBlock): Fraction[] {
  const count = BigInt(block.items.length);
  const { n, d } = fraction(block.weight);
  return block.items.map((item) => (item.weight === undefined ? { n, d: d * count } : fraction(item.weight)));
}

function duplicates(plan: Plan): Issue[] {
  const lists: [string, readonly { id: string }[]][] = [
    ['blocks', plan.blocks],
    ['bands', plan.bands],
    ['inputs', plan.inputs],
    ['outcomes', plan.outcomes],
    ['checklist', plan.checklist],
  ];
  const items = plan.blocks.flatMap((block, b) =>
    block.items.map((item, i) => ({ id: item.id, path: `blocks[${b}].items[${i}].id` })),
  );
  const extra =
    plan.promotion?.items.map(({ item }, i) => ({ id: item.id, path: `promotion.items[${i}].item.id` })) ?? [];
  const named = [
    ...lists.map(([list, entries]) => entries.map(({ id }, i) => ({ id, path: `${list}[${i}].id` }))),
    [...items, ...extra],
  ];
  return named.flatMap((entries) => {
    const seen = new Set<string>();
    return entries.flatMap(({ id, path }) =>
      seen.size === seen.add(id).size ? [issue(path, 'id.duplicate', { id })] : [],
    );
  });
}

function weights(plan: Plan): Issue[] {
  const issues: Issue[] = [];
  for (const [b, block] of plan.blocks.entries()) {
    const path = `blocks[${b}]`;
    if (compare(fraction(block.weight), zero) <= 0) issues.push(issue(`${path}.weight`, 'weight.notPositive'));
    const written = block.items.filter((item) => item.weight !== undefined).length;
    if (written > 0 && written < block.items.length) {
      issues.push(issue(`${path}.items`, 'weight.mixed'));
      continue;
    }
    for (const [i, item] of block.items.entries()) {
      if (item.weight !== undefined && compare(fraction(item.weight), zero) <= 0) {
        issues.push(issue(`${path}.items[${i}].weight`, 'weight.notPositive'));
      }
    }
    const total = sum(itemWeights(block));
    if (compare(total, fraction(block.weight)) !== 0) {
      issues.push(issue(`${path}.items`, 'weights.itemsSum', { sum: toDecimal(total), weight: block.weight }));
    }
  }
  const total = sum(plan.blocks.map((block) => fraction(block.weight)));
  if (compare(total, hundred) !== 0) issues.push(issue('blocks', 'weights.planSum', { sum: toDecimal(total) }));
  return issues;
}

function checkItem(item: PlanItem, path: string, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const metric = metrics.get(item.metric);
  const issues: Issue[] = metric ? [] : [issue(`${path}.metric`, 'metric.unknown', { metric: item.metric })];
  if (metric && metric.better === 'band' && !item.better) {
    issues.push(issue(`${path}.metric`, 'metric.noDirection', { metric: item.metric }));
  }
  const better = item.better ?? (metric?.better === 'lower' ? 'lower' : 'higher');
  if (item.minimumN !== undefined) issues.push(...whole(item.minimumN, `${path}.minimumN`));
  for (const [place, target] of targetAmounts(item)) {
    const sign = compare(fraction(target), zero);
    if (better === 'higher' && sign <= 0) issues.push(issue(`${path}.target${place}`, 'target.notPositive'));
    if (better === 'lower' && sign < 0) issues.push(issue(`${path}.target${place}`, 'target.negative'));
  }
  issues.push(...checkTargetMetrics(item, path, metric, metrics), ...checkCurve(item, better, path));
  return issues;
}

function targetAmounts({ target }: PlanItem): [place: string, amount: string][] {
  if (typeof target === 'string') return [['', target]];
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
  { target, metric: id }: PlanItem,
  path: string,
  metric: PlanMetric | undefined,
  metrics: ReadonlyMap<string, PlanMetric>,
): Issue[] {
  if (typeof target === 'string') return [];
  if ('byPriority' in target && metric && !metric.dimensions.includes('priority')) {
    return [issue(`${path}.target.byPriority`, 'metric.notSplit', { metric: id })];
  }
  const other = 'byLoad' in target ? target.byLoad.metric : 'ofMetric' in target ? target.ofMetric.metric : null;
  const place = 'byLoad' in target ? 'byLoad' : 'ofMetric';
  return other !== null && !metrics.has(other)
    ? [issue(`${path}.target.${place}.metric`, 'metric.unknown', { metric: other })]
    : [];
}

function checkCurve({ attainment, target }: PlanItem, better: 'higher' | 'lower', path: string): Issue[] {
  const at = `${path}.attainment`;
  if (attainment.curve === 'ratio') return [];
  if (attainment.curve === 'step') {
    const order = better === 'higher' ? 1 : -1;
    return attainment.steps.flatMap((step, i) => {
      const next = attainment.steps[i + 1];
      const gives = fraction(step.gives);
      const fallsOff = next && order * compare(fraction(step.at), fraction(next.at)) <= 0;
      return [
        ...(fallsOff ? [issue(`${at}.steps[${i + 1}].at`, 'step.order')] : []),
        ...(compare(gives, zero) < 0 || compare(gives, one) > 0
          ? [issue(`${at}.steps[${i}].gives`, 'step.share')]
          : []),
      ];
    });
  }
  if (typeof target !== 'string') return [issue(at, 'curve.target')];
  const mark = attainment.curve === 'range' ? attainment.pass : attainment.floor;
  const side = compare(fraction(mark), fraction(target)) * (better === 'higher' ? 1 : -1);
  const place = attainment.curve === 'range' ? 'pass' : 'floor';
  if (side >= 0) return [issue(`${at}.${place}`, 'curve.order', { mark, target })];
  return place === 'pass' && compare(fraction(mark), zero) <= 0 ? [issue(`${at}.pass`, 'target.notPositive')] : [];
}

function bands(plan: Plan): Issue[] {
  const issues: Issue[] = [];
  for (const [i, band] of plan.bands.entries()) {
    const path = `bands[${i}]`;
    const from = fraction(band.from);
    const to = band.to === undefined ? null : fraction(band.to);
    const worse = plan.bands[i + 1];
    if (i === 0 && to) issues.push(issue(`${path}.to`, 'bands.topClosed'));
    if (i > 0 && !to) issues.push(issue(path, 'bands.topMissing'));
    if (compare(from, hundred) > 0 || (to && compare(from, to) >= 0)) {
      issues.push(issue(path, 'bands.unreachable', { name: band.name.zh }));
    }
    if (typeof band.coefficient === 'string' && compare(fraction(band.coefficient), zero) < 0) {
      issues.push(issue(`${path}.coefficient`, 'coefficient.negative'));
    }
    if (!worse) {
      if (compare(from, zero) !== 0) issues.push(issue(`${path}.from`, 'bands.notFromZero'));
    } else if (compare(fraction(worse.from), from) >= 0) {
      issues.push(issue(`bands[${i + 1}].from`, 'bands.order'));
    } else if (worse.to !== undefined) {
      const edge = compare(fraction(worse.to), from);
      const params = edge < 0 ? { from: worse.to, to: band.from } : { from: band.from, to: worse.to };
      if (edge !== 0) issues.push(issue(`bands[${i + 1}].to`, edge < 0 ? 'bands.gap' : 'bands.overlap', params));
    }
  }
  return issues;
}

function inputs(plan: Plan): Issue[] {
  const known = new Set(plan.inputs.map(({ id }) => id));
  const used = plan.bands.flatMap(({ coefficient }, i) =>
    typeof coefficient === 'string' ? [] : [{ input: coefficient.input, path: `bands[${i}].coefficient.input` }],
  );
  const unknown = used
    .filter(({ input }) => !known.has(input))
    .map(({ input, path }) => issue(path, 'input.unknown', { input }));
  const own = plan.inputs.flatMap((input, i) => {
    const path = `inputs[${i}]`;
    if (!used.some((use) => use.input === input.id)) return [issue(path, 'input.unused')];
    if (input.value === undefined) return [issue(`${path}.value`, 'input.missing', input.name)];
    const value = fraction(input.value);
    const inside = compare(value, fraction(input.min)) >= 0 && compare(value, fraction(input.max)) <= 0;
    return inside ? [] : [issue(`${path}.value`, 'input.range', { min: input.min, max: input.max })];
  });
  return [...unknown, ...own];
}

function promotion(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  if (!plan.promotion) return [];
  const taken = new Map<string, Fraction>();
  const issues = plan.promotion.items.flatMap(({ takesFrom, item }, i) => {
    const path = `promotion.items[${i}]`;
    // The item only ever counts where it has data, so a metric that is still to come does no harm.
    const found: Issue[] = metrics.has(item.metric)
      ? checkItem(item, `${path}.item`, metrics)
      : [issue(`${path}.item.metric`, 'promotion.notMeasured', { metric: item.metric })];
    if (item.weight === undefined) return [...found, issue(`${path}.item.weight`, 'weight.missing')];
    const weight = fraction(item.weight);
    if (compare(weight, zero) <= 0) return [...found, issue(`${path}.item.weight`, 'weight.notPositive')];
    const own = weightOf(plan, takesFrom);
    if (!own) return [...found, issue(`${path}.takesFrom`, 'promotion.from', { item: takesFrom })];
    taken.set(takesFrom, add(taken.get(takesFrom) ?? zero, weight));
    const left = subtract(own, taken.get(takesFrom) ?? zero);
    return compare(left, zero) > 0 ? found : [...found, issue(`${path}.item.weight`, 'promotion.tooMuch')];
  });
  const relax = plan.promotion.relax;
  if (!relax) return issues;
  const used = new Set(plan.blocks.flatMap((block) => block.items.map((item) => item.metric)));
  if (compare(fraction(relax.factor), one) < 0) issues.push(issue('promotion.relax.factor', 'relax.factor'));
  for (const [i, metric] of relax.metrics.entries()) {
    if (!used.has(metric)) issues.push(issue(`promotion.relax.metrics[${i}]`, 'relax.unused', { metric }));
  }
  return issues;
}

function weightOf(plan: Plan, item: string): Fraction | null {
  for (const block of plan.blocks) {
    const index = block.items.findIndex(({ id }) => id === item);
    if (index >= 0) return itemWeights(block)[index] ?? null;
  }
  return null;
}

function outcomes(plan: Plan): Issue[] {
  const grades = new Set(plan.bands.map(({ id }) => id));
  return plan.outcomes.flatMap((outcome, i) => [
    ...(grades.has(outcome.grade) ? [] : [issue(`outcomes[${i}].grade`, 'outcome.grade', { grade: outcome.grade })]),
    ...whole(outcome.inARow, `outcomes[${i}].inARow`),
  ]);
}

function whole(amount: string, path: string): Issue[] {
  return /^[1-9]\d{0,8}$/.test(amount) ? [] : [issue(path, 'n.notWhole')];
}

function percent(amount: string, path: string, code: IssueCode = 'percent.range'): Issue[] {
  const value = fraction(amount);
  return compare(value, zero) < 0 || compare(value, hundred) > 0 ? [issue(path, code)] : [];
}
