import { Invalid } from '../platform/errors.ts';
import type { Bilingual } from '../platform/language.ts';
import { type Fraction, fraction } from './fraction.ts';
import type { Curve, Plan, PlanItem, PlanTarget } from './planSchema.ts';
import { itemWeights, type PlanMetric, validatePlan } from './validatePlan.ts';

export interface ResolvedItem {
  readonly id: string;
  readonly block: string;
  readonly name: Bilingual;
  readonly metric: PlanMetric;
  readonly better: 'higher' | 'lower';
  readonly weight: Fraction;
  readonly target: PlanTarget;
  readonly curve: Curve;
  readonly perMonth: boolean;
  readonly values: 'period' | 'latest';
  readonly minimumN: number;
  /** The plan's own minimum; without it the figure's own status decides. */
  readonly ownMinimum: boolean;
}
export interface ResolvedBlock {
  readonly id: string;
  readonly name: Bilingual;
  readonly weight: Fraction;
  readonly items: readonly ResolvedItem[];
}
export interface ResolvedBand {
  readonly id: string;
  readonly name: Bilingual;
  readonly from: Fraction;
  readonly to: Fraction | null;
  /** null while the input it waits for is not given. */
  readonly coefficient: Fraction | null;
  readonly input: string | null;
}
/** A valid plan with its metrics at hand and its amounts as exact numbers. */
export interface ResolvedPlan {
  readonly id: string;
  readonly name: Bilingual;
  readonly plan: Plan;
  readonly blocks: readonly ResolvedBlock[];
  /** Best first. */
  readonly bands: readonly ResolvedBand[];
  readonly unratedAbove: Fraction;
  readonly promotionItems: readonly { readonly takesFrom: string; readonly item: ResolvedItem }[];
  readonly vetoes: ReadonlySet<string>;
}

/**
 * Throws Invalid `plan.invalid` with every error; inputs still missing are no error here. `tolerated`: codes of errors that do
 * not stop somebody who only tries the plan.
 */
export function resolvePlan(
  plan: Plan,
  catalogue: readonly PlanMetric[],
  tolerated: readonly string[] = [],
): ResolvedPlan {
  const errors = validatePlan(plan, catalogue).filter(
    ({ level, code }) => level === 'error' && !tolerated.includes(code),
  );
  if (errors.length > 0) throw new Invalid('plan.invalid', errors);
  const metrics = new Map(catalogue.map((metric) => [metric.id, metric]));
  const resolve = (item: PlanItem, block: string, values: 'period' | 'latest', weight: Fraction): ResolvedItem => {
    const metric = metrics.get(item.metric);
    if (!metric) throw new RangeError(`metric ${item.metric} passed validation but is not in the catalogue`);
    return {
      id: item.id,
      block,
      name: item.name,
      metric,
      better: item.better ?? (metric.better === 'lower' ? 'lower' : 'higher'),
      weight,
      target: item.target,
      curve: item.attainment,
      perMonth: item.perMonth === true,
      values,
      minimumN: item.minimumN === undefined ? metric.minN : Number(item.minimumN),
      ownMinimum: item.minimumN !== undefined,
    };
  };
  const blocks = plan.blocks.map((block): ResolvedBlock => {
    const weights = itemWeights(block);
    return {
      id: block.id,
      name: block.name,
      weight: fraction(block.weight),
      items: block.items.map((item, i) => resolve(item, block.id, block.values, weights[i] ?? fraction(block.weight))),
    };
  });
  const measured = (plan.promotion?.items ?? []).filter(({ item }) => metrics.has(item.metric));
  const promotionItems = measured.map(({ takesFrom, item }) => {
    const giver = blocks.flatMap(({ items }) => items).find(({ id }) => id === takesFrom);
    if (!giver) throw new RangeError(`item ${takesFrom} passed validation but is not in the plan`);
    return { takesFrom, item: resolve(item, giver.block, giver.values, fraction(item.weight ?? '0')) };
  });
  return {
    id: plan.id,
    name: plan.name,
    plan,
    blocks,
    bands: plan.bands.map((band) => ({
      id: band.id,
      name: band.name,
      from: fraction(band.from),
      to: band.to === undefined ? null : fraction(band.to),
      ...coefficient(plan, band.coefficient),
    })),
    unratedAbove: fraction(plan.smallSample.unratedAbove),
    promotionItems,
    vetoes: new Set(plan.vetoes.map(({ incident }) => incident)),
  };
}

function coefficient(
  plan: Plan,
  given: Plan['bands'][number]['coefficient'],
): { coefficient: Fraction | null; input: string | null } {
  if (typeof given === 'string') return { coefficient: fraction(given), input: null };
  const value = plan.inputs.find(({ id }) => id === given.input)?.value;
  return { coefficient: value === undefined ? null : fraction(value), input: given.input };
}
