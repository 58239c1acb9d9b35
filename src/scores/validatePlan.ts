import { add, compare, type Fraction, fraction, subtract, zero } from './fraction.ts';
import { itemWeights } from './itemWeights.ts';
import { type Issue, issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { validateAssessments } from './validateAssessments.ts';
import { validateCouplings } from './validateCouplings.ts';
import { validateInputs } from './validateInputs.ts';
import { checkItem, validateItems } from './validateItem.ts';
import { relaxFactor, validateBands, validateRules } from './validateRules.ts';
import { latestStandardised } from './validateStandardised.ts';
import { validateTeamCoefficient } from './validateTeamCoefficient.ts';
import { positive, validateWeights } from './validateWeights.ts';

/** Everything that is wrong with a plan of the right shape, each with its place. Empty: it can be published and paid out. */
export function validatePlan(plan: Plan, catalogue: readonly PlanMetric[]): Issue[] {
  const metrics = new Map(catalogue.map((metric) => [metric.id, metric]));
  return [
    ...duplicates(plan),
    ...validateWeights(plan),
    ...validateItems(plan, metrics),
    ...latestStandardised(plan),
    ...validateBands(plan),
    ...validateInputs(plan),
    ...promotion(plan, metrics),
    ...validateCouplings(plan, metrics),
    ...validateRules(plan, metrics),
    ...validateTeamCoefficient(plan, metrics),
    ...validateAssessments(plan, metrics),
  ];
}

function duplicates(plan: Plan): Issue[] {
  const lists: [string, readonly { id: string }[] | undefined][] = [
    ['tracks', plan.tracks],
    ['blocks', plan.blocks],
    ['bands', plan.bands],
    ['inputs', plan.inputs],
    ['couplings', plan.couplings],
    ['incentives', plan.incentives],
    ['outcomes', plan.outcomes],
    ['presets', plan.presets],
    ['views', plan.views],
    ['checklist', plan.checklist],
    ['assessments', plan.assessments],
  ];
  const items = plan.blocks.flatMap((block, b) => [
    ...block.items.map((item, i) => ({ id: item.id, path: `blocks[${b}].items[${i}].id` })),
    ...(block.replacedBy ? [{ id: block.replacedBy.id, path: `blocks[${b}].replacedBy.id` }] : []),
  ]);
  const extra =
    plan.promotion?.items.map(({ item }, i) => ({ id: item.id, path: `promotion.items[${i}].item.id` })) ?? [];
  const vetoes = plan.vetoes.map(({ incident }, v) => ({ id: incident, path: `vetoes[${v}].incident` }));
  const named = [
    ...lists.map(([list, entries]) => (entries ?? []).map(({ id }, i) => ({ id, path: `${list}[${i}].id` }))),
    [...items, ...extra],
    vetoes,
  ];
  return named.flatMap((entries) => {
    const seen = new Set<string>();
    return entries.flatMap(({ id, path }) =>
      seen.size === seen.add(id).size ? [issue(path, 'id.duplicate', { id })] : [],
    );
  });
}

function promotion(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  if (!plan.promotion) return [];
  const taken = new Map<string, Fraction>();
  const issues = plan.promotion.items.flatMap(({ takesFrom, item }, i) => {
    const path = `promotion.items[${i}]`;
    // The item only ever counts where it has data, so a metric that is still to come does no harm.
    const found: Issue[] = metrics.has(item.metric)
      ? checkItem(item, `${path}.item`, metrics, plan)
      : [issue(`${path}.item.metric`, 'promotion.notMeasured', { metric: item.metric })];
    const { weight } = item;
    if (typeof weight !== 'string') return [...found, issue(`${path}.item.weight`, 'weight.missing')];
    const wrong = positive(weight, `${path}.item.weight`);
    if (wrong.length > 0) return [...found, ...wrong];
    const own = weightOf(plan, takesFrom);
    if (!own) return [...found, issue(`${path}.takesFrom`, 'promotion.from', { item: takesFrom })];
    taken.set(takesFrom, add(taken.get(takesFrom) ?? zero, fraction(weight)));
    const left = subtract(own, taken.get(takesFrom) ?? zero);
    return compare(left, zero) > 0 ? found : [...found, issue(`${path}.item.weight`, 'promotion.tooMuch')];
  });
  const { relax, exclude } = plan.promotion;
  const used = new Set(plan.blocks.flatMap((block) => block.items.map((item) => item.metric)));
  const unused = (list: readonly string[], path: string) =>
    list.flatMap((metric, i) => (used.has(metric) ? [] : [issue(`${path}[${i}]`, 'relax.unused', { metric })]));
  if (relax) {
    issues.push(...relaxFactor(relax.factor, 'promotion.relax.factor'));
    issues.push(...unused(relax.metrics, 'promotion.relax.metrics'));
  }
  if (exclude) {
    const path = 'promotion.exclude.metrics';
    issues.push(...unused(exclude.metrics, path));
    for (const [i, id] of exclude.metrics.entries()) {
      const metric = metrics.get(id);
      if (metric && !metric.dimensions.includes('day'))
        issues.push(issue(`${path}[${i}]`, 'metric.notByDay', { metric: id }));
      if (relax?.metrics.includes(id)) issues.push(issue(`${path}[${i}]`, 'exclude.relaxed', { metric: id }));
    }
  }
  return issues;
}

/** The least weight of an item over the tiers: what another item takes must be there for everybody. */
function weightOf(plan: Plan, item: string): Fraction | null {
  for (const block of plan.blocks) {
    const index = block.items.findIndex(({ id }) => id === item);
    if (index < 0) continue;
    const weight = block.items[index]?.weight;
    if (typeof weight !== 'object') return itemWeights(block)[index] ?? null;
    return Object.values(weight.byTier)
      .map(fraction)
      .reduce((least, each) => (compare(each, least) < 0 ? each : least));
  }
  return null;
}
