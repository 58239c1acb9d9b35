import { Invalid } from '../platform/errors.ts';
import type { Bilingual } from '../platform/language.ts';
import { divide, type Fraction, fraction, multiply, one } from './fraction.ts';
import { hasTierWeights, itemWeights } from './itemWeights.ts';
import type { AmountOrInput, TierKey } from './planAmounts.ts';
import { type PlanMetric, withOptions } from './planMetric.ts';
import type { Curve, Plan, PlanItem, PlanTarget } from './planSchema.ts';
import { dependencies } from './validateCouplings.ts';
import { validatePlan } from './validatePlan.ts';

type Coupling = NonNullable<Plan['couplings']>[number];

/** A target whose inputs were looked up, null while one is not given; metrics are named with their options. */
export type ResolvedTarget =
  | Exclude<PlanTarget, { input: string } | { byTier: unknown }>
  | { readonly input: string; readonly value: string | null }
  | { readonly byTier: Readonly<Record<TierKey, string | null>> };

/** What a coupling looks at; the target is null while its input is not given. */
export type ResolvedTerm =
  | { readonly metric: string; readonly target: string | null }
  | { readonly item: string }
  | { readonly coupling: string };

export interface ResolvedCoupling {
  readonly id: string;
  readonly of: ResolvedTerm;
  readonly by: readonly ResolvedTerm[];
  readonly cap: string;
  readonly floor: string;
  readonly ceiling: string;
}

export type SmallSample =
  | { readonly mode: 'redistribute' }
  | { readonly mode: 'deduct'; readonly above: string; readonly perPoint: string; readonly perBad: string };

export interface ResolvedItem {
  readonly id: string;
  readonly block: string;
  readonly name: Bilingual;
  /** With the options that the item names. */
  readonly metric: PlanMetric;
  readonly better: 'higher' | 'lower';
  /** Of the total of 100. */
  readonly weight: Fraction;
  /** As the plan writes it: the full mark that deductions are taken from. */
  readonly full: Fraction;
  readonly target: ResolvedTarget;
  readonly curve: Curve;
  readonly smallSample: SmallSample;
  readonly perMonth: boolean;
  readonly values: 'period' | 'latest';
  readonly minimumN: number;
  /** The plan's own minimum; without it the figure's own status decides. */
  readonly ownMinimum: boolean;
  /** Judged by the figure under everybody's case mix instead of the figure as counted. */
  readonly standardised: boolean;
  /** Told by the figure of the person's team. */
  readonly ofTeam: boolean;
  readonly pair: string | null;
  readonly bonus: boolean;
}
export interface ResolvedBlock {
  readonly id: string;
  readonly name: Bilingual;
  readonly track: string | null;
  /** Of the total of 100. */
  readonly weight: Fraction;
  readonly items: readonly ResolvedItem[];
  /** Takes the place of all items where it has data. */
  readonly replacedBy: ResolvedItem | null;
}
export interface ResolvedTrack {
  readonly id: string;
  readonly name: Bilingual;
  readonly weight: Fraction;
}
export interface ResolvedBand {
  readonly id: string;
  readonly name: Bilingual;
  readonly from: Fraction;
  readonly to: Fraction | null;
  /** null while the input it waits for is not given. */
  readonly coefficient: Fraction | null;
  readonly input: string | null;
  readonly vetoOnly: boolean;
}
export interface ResolvedIncentive {
  readonly id: string;
  readonly name: Bilingual;
  readonly rate: Fraction | null;
  readonly coupling: string;
  /** The metric whose numerator, in yuan, the rate is of; null where people give the amount. */
  readonly of: string | null;
}
/** By what the coefficient of longer periods is multiplied: the team's figure ÷ target, within limits. */
export interface ResolvedTeamCoefficient {
  readonly metric: PlanMetric;
  readonly target: Fraction;
  readonly min: Fraction;
  readonly max: Fraction;
  readonly periods: ReadonlySet<string>;
}
/** A valid plan with its metrics at hand and its amounts as exact numbers. */
export interface ResolvedPlan {
  readonly id: string;
  readonly name: Bilingual;
  readonly plan: Plan;
  readonly tracks: readonly ResolvedTrack[];
  /** With the weights of people without a tier, where weights go by tier. */
  readonly blocks: readonly ResolvedBlock[];
  /** The blocks for each tier; the same ones for all where weights do not go by tier. */
  readonly blocksOf: Readonly<Record<TierKey, readonly ResolvedBlock[]>>;
  readonly weightsByTier: boolean;
  /** Best first. */
  readonly bands: readonly ResolvedBand[];
  readonly unratedAbove: Fraction;
  readonly promotionItems: readonly { readonly takesFrom: string; readonly item: ResolvedItem }[];
  /** Incidents that force the lowest grade. */
  readonly vetoes: ReadonlySet<string>;
  /** Incidents that cost a star. */
  readonly starVetoes: ReadonlySet<string>;
  /** Each after those it depends on. */
  readonly couplings: readonly ResolvedCoupling[];
  /** The catalogue's, and those with options that the plan names. */
  readonly metrics: ReadonlyMap<string, PlanMetric>;
  readonly incentives: readonly ResolvedIncentive[];
  /** null where the plan has none, or has it switched off. */
  readonly teamCoefficient: ResolvedTeamCoefficient | null;
}

/**
 * What stops a plan from being published and not from being scored by: months before a metric was retired are still scored by it (later
 * ones ask for figures that there are not, and are told so), and plans published before the others were refused mean what they meant.
 */
const past: readonly string[] = [
  'metric.retired',
  'input.notPositive',
  'input.negative',
  'perMonth.target',
  'distribution.vetoedMissing',
];

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
    ({ level, code }) => level === 'error' && !past.includes(code) && !tolerated.includes(code),
  );
  if (errors.length > 0) throw new Invalid('plan.invalid', errors);
  const metrics = new Map(catalogue.map((metric) => [metric.id, metric]));
  const given = new Map(plan.inputs.map(({ id, value }) => [id, value ?? null]));
  const amount = (written: AmountOrInput): string | null =>
    typeof written === 'string' ? written : (given.get(written.input) ?? null);
  const exact = (written: AmountOrInput): Fraction | null => {
    const text = amount(written);
    return text === null ? null : fraction(text);
  };
  const counted = ({ metric: id, options }: Pick<PlanItem, 'metric' | 'options'>): PlanMetric => {
    const found = metrics.get(id);
    if (!found) throw new RangeError(`metric ${id} passed validation but is not in the catalogue`);
    const metric = withOptions(found, options);
    metrics.set(metric.id, metric);
    return metric;
  };
  const resolve = (item: Omit<PlanItem, 'weight'>, where: Where): ResolvedItem => {
    const metric = counted(item);
    return {
      id: item.id,
      block: where.block,
      name: item.name,
      metric,
      better: item.better ?? (metric.better === 'lower' ? 'lower' : 'higher'),
      weight: multiply(where.full, where.scale),
      full: where.full,
      target: resolveTarget(item.target, amount, (other) => counted(other).id),
      curve: item.attainment,
      smallSample: smallSampleOf(item, metric, plan.smallSample),
      perMonth: item.perMonth === true,
      values: where.values,
      minimumN: item.minimumN === undefined ? metric.minN : Number(item.minimumN),
      ownMinimum: item.minimumN !== undefined,
      standardised: item.value === 'standardised',
      ofTeam: item.of === 'team',
      pair: item.pair ?? null,
      bonus: item.bonus === true,
    };
  };
  const blocksFor = (tier: TierKey) =>
    plan.blocks.map((block): ResolvedBlock => {
      const weights = itemWeights(block, tier);
      const scale = trackScale(plan, block.track);
      const full = fraction(block.weight);
      const where = { block: block.id, values: block.values, scale };
      return {
        id: block.id,
        name: block.name,
        track: block.track ?? null,
        weight: multiply(full, scale),
        items: block.items.map((item, i) => resolve(item, { ...where, full: weights[i] ?? full })),
        replacedBy: block.replacedBy ? resolve(block.replacedBy, { ...where, full }) : null,
      };
    });
  const weightsByTier = plan.blocks.some(hasTierWeights);
  const blocks = blocksFor('unknown');
  const measured = (plan.promotion?.items ?? []).filter(({ item }) => metrics.has(item.metric));
  const promotionItems = measured.map(({ takesFrom, item }) => {
    const giver = blocks.flatMap(({ items }) => items).find(({ id }) => id === takesFrom);
    if (!giver || typeof item.weight !== 'string')
      throw new RangeError(`item ${takesFrom} passed validation but cannot give weight`);
    const track = plan.blocks.find(({ id }) => id === giver.block)?.track;
    const where = { block: giver.block, values: giver.values, scale: trackScale(plan, track) };
    return { takesFrom, item: resolve(item, { ...where, full: fraction(item.weight) }) };
  });
  const incidents = (effect: 'lowestGrade' | 'starDown') =>
    new Set(plan.vetoes.filter((veto) => (veto.effect ?? 'lowestGrade') === effect).map(({ incident }) => incident));
  return {
    id: plan.id,
    name: plan.name,
    plan,
    tracks: (plan.tracks ?? []).map(({ id, name, weight }) => ({ id, name, weight: fraction(weight) })),
    blocks,
    blocksOf: byTier(weightsByTier ? blocksFor : () => blocks),
    weightsByTier,
    bands: plan.bands.map((band) => ({
      id: band.id,
      name: band.name,
      from: fraction(band.from),
      to: band.to === undefined ? null : fraction(band.to),
      coefficient: exact(band.coefficient),
      input: typeof band.coefficient === 'string' ? null : band.coefficient.input,
      vetoOnly: band.vetoOnly === true,
    })),
    unratedAbove: fraction(plan.smallSample.unratedAbove),
    promotionItems,
    vetoes: incidents('lowestGrade'),
    starVetoes: incidents('starDown'),
    couplings: inOrder(plan.couplings ?? []).map(({ id, of, by, cap, floor, ceiling }) => {
      const term = (each: Coupling['of']): ResolvedTerm =>
        'metric' in each ? { metric: counted(each).id, target: amount(each.target) } : each;
      return { id, of: term(of), by: by.map(term), cap, floor, ceiling };
    }),
    metrics,
    incentives: (plan.incentives ?? []).map(({ id, name, rate, coupling, of = null }) => ({
      ...{ id, name, rate: exact(rate), coupling, of },
    })),
    teamCoefficient: teamCoefficientOf(plan, counted),
  };
}

function teamCoefficientOf(
  { teamCoefficient: rule }: Plan,
  counted: (named: Pick<PlanItem, 'metric' | 'options'>) => PlanMetric,
): ResolvedTeamCoefficient | null {
  if (!rule?.enabled) return null;
  const [target, min, max] = [fraction(rule.target), fraction(rule.min), fraction(rule.max)];
  return { metric: counted(rule), target, min, max, periods: new Set(rule.periods) };
}

interface Where {
  readonly block: string;
  readonly values: 'period' | 'latest';
  readonly full: Fraction;
  /** Share of the total that one point of the plan's writing is: a track's weight in hundredths. */
  readonly scale: Fraction;
}

function trackScale(plan: Plan, track: string | undefined): Fraction {
  const found = plan.tracks?.find(({ id }) => id === track);
  return found ? divide(fraction(found.weight), fraction('100')) : one;
}

function resolveTarget(
  target: PlanTarget,
  amount: (written: AmountOrInput) => string | null,
  counted: (other: Pick<PlanItem, 'metric' | 'options'>) => string,
): ResolvedTarget {
  if (typeof target === 'string') return target;
  if ('input' in target) return { input: target.input, value: amount(target) };
  if ('byTier' in target) return { byTier: byTier((tier) => amount(target.byTier[tier])) };
  if ('byLoad' in target) {
    const { options: _, ...rule } = target.byLoad;
    return { byLoad: { ...rule, metric: counted(target.byLoad) } };
  }
  if ('ofMetric' in target) return { ofMetric: { metric: counted(target.ofMetric), factor: target.ofMetric.factor } };
  return target;
}

/** The item's own rule, or the plan's where the metric is a percentage: only there are there points and bad ones. */
function smallSampleOf(
  item: Pick<PlanItem, 'smallSample'>,
  metric: PlanMetric,
  ofPlan: Plan['smallSample'],
): SmallSample {
  if (item.smallSample) return item.smallSample;
  return ofPlan.mode === 'deduct' && metric.unit === 'percent' ? ofPlan : { mode: 'redistribute' };
}

const byTier = <Value>(of: (tier: TierKey) => Value): Record<TierKey, Value> => ({
  junior: of('junior'),
  mid: of('mid'),
  senior: of('senior'),
  unknown: of('unknown'),
});

/** Validated to have no cycle, so that each pass finds at least one whose dependencies are all placed. */
function inOrder(couplings: readonly Coupling[]): Coupling[] {
  const placed: Coupling[] = [];
  while (placed.length < couplings.length) {
    const next = couplings.find(
      (coupling) =>
        !placed.includes(coupling) &&
        dependencies(coupling, couplings).every((id) => placed.some((other) => other.id === id)),
    );
    if (!next) throw new RangeError('couplings passed validation but depend on each other');
    placed.push(next);
  }
  return placed;
}
