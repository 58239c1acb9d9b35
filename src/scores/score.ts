import type { MetricValue } from '../metrics/metricValue.ts';
import { attain } from './attain.ts';
import { exactValue } from './exactValue.ts';
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  multiply,
  one,
  subtract,
  sum,
  toDecimal,
  toFixed,
  zero,
} from './fraction.ts';
import type { ResolvedBand, ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import type { BlockScore, ItemScore, PartScore, Scorecard, ScoreInput, Step, Veto } from './scorecard.ts';
import { targetInForce } from './targetInForce.ts';

/**
 * Scores one person and period by a plan. Pure and exact: nothing is rounded before the total, which is rounded half up to
 * two decimals and then graded. What has no data or too little of it gives no score and its weight goes to the others.
 */
export function score(plan: ResolvedPlan, input: ScoreInput): Scorecard {
  const steps: Step[] = [];
  const blocks = withPromotion(plan, input, steps).map(({ block, items }) => ({
    block,
    items: items.map((item) => measure(item, input)),
  }));
  const measured = blocks.flatMap(({ items }) => items);
  const all = sum(measured.map(({ item }) => item.weight));
  const missing = sum(measured.filter(({ attainment }) => attainment === null).map(({ item }) => item.weight));
  const missingPercent = all.n === 0n ? zero : divide(multiply(missing, fraction('100')), all);
  const vetoes = input.vetoes.filter(({ incident }) => plan.vetoes.has(incident));
  if (measured.every(({ attainment }) => attainment === null) || compare(missingPercent, plan.unratedAbove) > 0) {
    steps.push({ kind: 'unrated', missing: toDecimal(missingPercent), allowed: toDecimal(plan.unratedAbove) });
    const items = measured.map((each) => itemScore(each, each.attainment && toDecimal(each.attainment), null));
    const none = blocks.map(
      ({ block, items: own }): BlockScore => ({ id: block.id, weight: toDecimal(weigh(own)), points: null }),
    );
    return {
      plan: plan.id,
      status: 'unrated',
      total: null,
      grade: null,
      coefficient: null,
      vetoes,
      blocks: none,
      items,
      steps,
    };
  }
  const lift = blockLift(
    blocks.map(({ block, items }) => ({ id: block.id, items })),
    all,
    steps,
  );
  let running = zero;
  const items: ItemScore[] = [];
  const blockScores = blocks.map(({ block, items: own }): BlockScore => {
    const before = running;
    for (const each of own) {
      if (each.attainment === null) {
        items.push(itemScore(each, null, null));
        continue;
      }
      const weight = multiply(each.item.weight, lift(block.id));
      const points = multiply(weight, each.attainment);
      running = add(running, points);
      const attainment = toDecimal(each.attainment);
      const weightText = toDecimal(weight);
      const earned: Earned = { weight: weightText, points: points === weight ? weightText : toDecimal(points) };
      items.push(itemScore(each, attainment, earned));
      steps.push({ kind: 'item', item: each.item.id, attainment, ...earned, running: toDecimal(running) });
    }
    const hasScore = own.some(({ attainment }) => attainment !== null);
    return {
      id: block.id,
      weight: toDecimal(weigh(own)),
      points: hasScore ? toDecimal(subtract(running, before)) : null,
    };
  });
  const ending = conclude(plan, running, vetoes);
  return {
    plan: plan.id,
    status: 'rated',
    ...ending,
    vetoes,
    blocks: blockScores,
    items,
    steps: [...steps, ...ending.steps],
  };
}

/** From the exact sum to what it means: rounded total, grade, coefficient; a veto keeps the total and forces the lowest grade. */
export function conclude(plan: ResolvedPlan, exact: Fraction, vetoes: readonly Veto[]) {
  const total = toFixed(exact, 2);
  const rounded = fraction(total);
  const earned = plan.bands.find(({ from }) => compare(rounded, from) >= 0) ?? lowest(plan);
  const band = vetoes.length > 0 ? lowest(plan) : earned;
  const coefficient = vetoes.length > 0 ? zero : band.coefficient;
  const steps: Step[] = [
    { kind: 'round', sum: toDecimal(exact), total },
    { kind: 'grade', grade: earned.id, from: toDecimal(earned.from), to: earned.to && toDecimal(earned.to) },
  ];
  if (vetoes.length > 0)
    steps.push({ kind: 'veto', incidents: vetoes.map(({ incidentId }) => incidentId), grade: band.id });
  steps.push({
    kind: 'coefficient',
    coefficient: coefficient && toDecimal(coefficient),
    input: coefficient === null ? band.input : null,
  });
  return { total, grade: band.id, coefficient: coefficient && toDecimal(coefficient), steps };
}

function lowest(plan: ResolvedPlan): ResolvedBand {
  const band = plan.bands.at(-1);
  if (!band) throw new RangeError('a resolved plan has bands');
  return band;
}

interface Measured {
  readonly item: ResolvedItem;
  readonly figure: MetricValue | null;
  readonly status: ItemScore['status'];
  readonly attainment: Fraction | null;
  readonly force: ReturnType<typeof targetInForce>;
  readonly parts: readonly PartScore[];
  readonly valuePeriod: string | null;
}

function measure(item: ResolvedItem, input: ScoreInput): Measured {
  const given = input.values[item.metric.id];
  const figure = given?.figure ?? null;
  const force = targetInForce(item, input);
  const value = figure && exactValue(figure);
  const status = value === null || figure === null ? 'noData' : enough(item, figure) ? 'scored' : 'lowSample';
  const parts = scoreParts(item, force, input);
  const base = { item, figure, force, parts: parts.shown, valuePeriod: given?.period ?? null };
  if (status !== 'scored' || value === null) return { ...base, status, attainment: null };
  const attainment = force.target
    ? attain(item.curve, item.better, value, force.target, force.scale)
    : parts.attainment;
  return attainment === null ? { ...base, status: 'noData', attainment } : { ...base, status, attainment };
}

function enough(item: ResolvedItem, figure: MetricValue): boolean {
  return item.ownMinimum ? figure.n >= item.minimumN : figure.status === 'ok';
}

/** Each part against its own target; together the mean of their attainments weighted by how many observations each has. */
function scoreParts(item: ResolvedItem, force: ReturnType<typeof targetInForce>, input: ScoreInput) {
  const figures = input.byPriority?.[item.metric.id];
  let count = zero;
  let met = zero;
  const shown = force.parts.map(({ key, target }): PartScore => {
    const figure = figures?.[key];
    const value = figure ? exactValue(figure) : null;
    const common = { key, target: toDecimal(target) };
    if (!figure || value === null) return { ...common, value: null, n: 0, attainment: null };
    const attainment = attain(item.curve, item.better, value, target, force.scale);
    const n = { n: BigInt(figure.n), d: 1n };
    count = add(count, n);
    met = add(met, multiply(n, attainment));
    return { ...common, value: toDecimal(value), n: figure.n, attainment: toDecimal(attainment) };
  });
  return { shown, attainment: count.n === 0n ? null : divide(met, count) };
}

/** The items in force: in a promotion period an extra item takes its weight from another, as long as there is data for it. */
function withPromotion(plan: ResolvedPlan, input: ScoreInput, steps: Step[]) {
  const extra = plan.promotionItems.filter(({ item }) => {
    const figure = input.values[item.metric.id]?.figure;
    return input.promotion && figure !== undefined && figure.status !== 'noData' && enough(item, figure);
  });
  for (const { item, takesFrom } of extra) {
    steps.push({ kind: 'promotion', item: item.id, takesFrom, weight: toDecimal(item.weight) });
  }
  return plan.blocks.map((block) => ({
    block,
    items: [
      ...block.items.map((item) => {
        const taken = extra.filter(({ takesFrom }) => takesFrom === item.id).map((each) => each.item.weight);
        return taken.length === 0 ? item : { ...item, weight: subtract(item.weight, sum(taken)) };
      }),
      ...extra.filter(({ item }) => item.block === block.id).map(({ item }) => item),
    ],
  }));
}

const weigh = (items: readonly Measured[]): Fraction => sum(items.map(({ item }) => item.weight));

/**
 * By how much each block's scored weights grow: to the whole weight of their block, and, where a block has no score at all,
 * to their share of its weight. Σ effective weights is Σ weights again.
 */
function blockLift(
  blocks: readonly { id: string; items: readonly Measured[] }[],
  all: Fraction,
  steps: Step[],
): (block: string) => Fraction {
  if (blocks.every(({ items }) => items.every(({ attainment }) => attainment !== null))) return () => one;
  const lifts = new Map<string, Fraction>();
  const alive = sum(
    blocks.filter(({ items }) => items.some(({ attainment }) => attainment !== null)).map(({ items }) => weigh(items)),
  );
  for (const { id, items } of blocks) {
    const silent = items.filter(({ attainment }) => attainment === null);
    const scored = weigh(items.filter(({ attainment }) => attainment !== null));
    if (silent.length > 0) {
      const to = scored.n === 0n ? 'otherBlocks' : 'block';
      steps.push({
        kind: 'redistribute',
        block: id,
        missing: silent.map(({ item }) => item.id),
        weight: toDecimal(weigh(silent)),
        to,
      });
    }
    if (scored.n !== 0n) lifts.set(id, multiply(divide(weigh(items), scored), divide(all, alive)));
  }
  return (block) => lifts.get(block) ?? zero;
}

/** What an item weighs after redistribution and gives, as text; null where it gives no score. */
interface Earned {
  readonly weight: string;
  readonly points: string;
}

function itemScore(
  { item, figure, status, force, parts, valuePeriod }: Measured,
  attainment: string | null,
  earned: Earned | null,
): ItemScore {
  return {
    id: item.id,
    block: item.block,
    metric: item.metric.id,
    status,
    value: figure?.value ?? null,
    numerator: figure?.numerator ?? null,
    denominator: figure?.denominator ?? null,
    n: figure === null ? 0 : figure.n,
    minimumN: item.minimumN,
    target: force.target && toDecimal(force.target),
    targetWhy: force.why,
    relaxed: force.relaxed,
    weight: toDecimal(item.weight),
    effectiveWeight: earned?.weight ?? null,
    attainment,
    points: earned?.points ?? null,
    parts,
    valuePeriod,
  };
}
