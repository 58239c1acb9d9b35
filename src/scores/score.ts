import { conclude } from './conclude.ts';
import { type Coupled, couple } from './couple.ts';
import { deductionsOf, lostTo } from './deduct.ts';
import { withoutExemptDays } from './exemptDays.ts';
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  min,
  multiply,
  subtract,
  sum,
  toDecimal,
  zero,
} from './fraction.ts';
import { enough, isSeen, type Measured, measure } from './measure.ts';
import { type MeasuredBlock, redistribute, weigh } from './redistribute.ts';
import type { ResolvedBlock, ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import type { BlockScore, ItemScore, Scorecard, ScoreInput, Step, TrackScore } from './scorecard.ts';

const hundred = fraction('100');

/**
 * Scores one person and period by a plan. Pure and exact: nothing is rounded before the total, which is rounded half up to
 * two decimals and then graded. What has no data or too little of it gives no score and its weight goes to the others.
 */
export function score(plan: ResolvedPlan, given: ScoreInput): Scorecard {
  const { input, steps } = withoutExemptDays(plan, given);
  if (input.mentored) steps.push({ kind: 'mentor', mentees: input.mentored });
  if (plan.weightsByTier) steps.push({ kind: 'tier', tier: input.tier });
  const active = activeBlocks(plan, input, steps);
  const deductions = deductionsOf(
    active.flatMap(({ items }) => items),
    input,
  );
  const found = active.map(({ block, items }) => ({
    block,
    items: items.map((item) => measure(item, input, deductions.get(item.id) ?? [])),
  }));
  const { couplings, adjusted } = couple(
    plan,
    found.flatMap(({ items }) => items),
    input,
  );
  const blocks = asCounted(found, adjusted);
  const counted = blocks.flatMap(({ items }) => items.filter(({ item }) => !item.bonus));
  const vetoes = input.vetoes.filter(({ incident }) => plan.vetoes.has(incident) || plan.starVetoes.has(incident));
  const base = { plan: plan.id, vetoes, couplings: couplings.map(({ shown }) => shown) };
  const unrated = whyUnrated(plan, input, counted);
  if (unrated) {
    const exempt = given.exempt;
    return {
      ...base,
      status: 'unrated',
      total: null,
      grade: null,
      coefficient: null,
      tracks: plan.tracks.map(({ id, weight }) => ({ id, weight: toDecimal(weight), score: null })),
      blocks: blocks.map(({ block, items }) => ({ id: block.id, weight: nominal(items), points: null })),
      items: blocks.flatMap(({ items }) => items.map((each) => itemScore(each, null, exempt))),
      steps: [...steps, unrated],
    };
  }
  const lift = redistribute(blocks, steps);
  tellDeductions(counted, steps);
  tellCouplings(plan, couplings, steps);
  const ledger = addUp(blocks, lift, steps, given.exempt);
  const tracks = trackScores(plan, blocks, ledger.earned, steps);
  tellIncentives(plan, couplings, steps);
  const ending = conclude(plan, ledger.running, vetoes);
  return {
    ...base,
    status: 'rated',
    ...ending,
    tracks,
    blocks: ledger.blocks,
    items: ledger.items,
    steps: [...steps, ...ending.steps],
  };
}

/** The items in force: a tier's weights, an exam instead of what it replaces, and what a promotion period adds. */
function activeBlocks(plan: ResolvedPlan, input: ScoreInput, steps: Step[]) {
  const hasData = (item: ResolvedItem) => {
    const figure = input.values[item.metric.id]?.figure;
    return figure !== undefined && figure.status !== 'noData' && enough(item, figure);
  };
  const extra = plan.promotionItems.filter(({ item }) => input.promotion && hasData(item));
  for (const { item, takesFrom } of extra) {
    steps.push({ kind: 'promotion', item: item.id, takesFrom, weight: toDecimal(item.weight) });
  }
  return plan.blocksOf[input.tier ?? 'unknown'].map((block): { block: ResolvedBlock; items: ResolvedItem[] } => {
    const { replacedBy } = block;
    if (replacedBy && hasData(replacedBy)) {
      steps.push({ kind: 'replaced', block: block.id, item: replacedBy.id });
      return { block, items: [replacedBy] };
    }
    const items = block.items.map((item) => {
      const taken = extra.filter(({ takesFrom }) => takesFrom === item.id).map((each) => each.item.weight);
      return taken.length === 0 ? item : { ...item, weight: subtract(item.weight, sum(taken)) };
    });
    return { block, items: [...items, ...extra.filter(({ item }) => item.block === block.id).map(({ item }) => item)] };
  });
}

/** Adjusted items count as adjusted; and where nothing was looked at, untouched full marks count as nothing. */
function asCounted(blocks: readonly MeasuredBlock[], adjusted: ReadonlyMap<string, Fraction | null>): MeasuredBlock[] {
  const seen = blocks.some(({ items }) => items.some(isSeen));
  return blocks.map(({ block, items }) => ({
    block,
    items: items.map((each): Measured => {
      if (!seen) return { ...each, status: 'noData', attainment: null };
      const attainment = adjusted.get(each.item.id);
      if (attainment === undefined || each.attainment === null) return each;
      return attainment === null ? { ...each, status: 'noData', attainment } : { ...each, attainment };
    }),
  }));
}

function whyUnrated(plan: ResolvedPlan, input: ScoreInput, counted: readonly Measured[]): Step | null {
  const { presence } = plan.plan;
  const attendance = input.presence?.attendance ?? null;
  const below = presence?.attendanceBelow;
  if (below !== undefined && attendance !== null && compare(fraction(attendance), fraction(below)) < 0)
    return { kind: 'absent', attendance, allowed: below };
  if (presence?.firstPartMonth && input.presence?.firstPartMonth)
    return { kind: 'absent', attendance: null, allowed: null };
  const all = weigh(counted);
  const missing = weigh(counted.filter(({ attainment }) => attainment === null));
  const percent = all.n === 0n ? zero : divide(multiply(missing, hundred), all);
  const nothing = counted.every(({ attainment }) => attainment === null);
  return nothing || compare(percent, plan.unratedAbove) > 0
    ? { kind: 'unrated', missing: toDecimal(percent), allowed: toDecimal(plan.unratedAbove) }
    : null;
}

/** What an item weighs in the end and gives, exact. */
interface Earned {
  readonly weight: Fraction;
  readonly points: Fraction;
}

function addUp(
  blocks: readonly MeasuredBlock[],
  lift: (measured: Measured) => Fraction,
  steps: Step[],
  exempt: ScoreInput['exempt'],
) {
  let running = zero;
  const items: ItemScore[] = [];
  const earned = new Map<string, Earned>();
  const scores = blocks.map(({ block, items: own }): BlockScore => {
    let points = zero;
    let weight = zero;
    const score = (each: Measured, got: Earned) => {
      points = add(points, got.points);
      running = add(running, got.points);
      items.push(itemScore(each, got, exempt));
    };
    for (const each of own.filter(({ item }) => !item.bonus)) {
      if (each.attainment === null) {
        items.push(itemScore(each, null, exempt));
        continue;
      }
      const effective = multiply(each.item.weight, lift(each));
      weight = add(weight, effective);
      score(each, { weight: effective, points: multiply(effective, each.attainment) });
      const last = items.at(-1);
      if (last?.attainment != null && last.effectiveWeight !== null && last.points !== null) {
        const { attainment, effectiveWeight, points: text } = last;
        steps.push({
          ...{ kind: 'item', item: last.id, attainment, weight: effectiveWeight, points: text },
          running: toDecimal(running),
        });
      }
    }
    for (const each of own.filter(({ item }) => item.bonus)) {
      if (each.attainment === null || weight.n === 0n) {
        items.push(itemScore(each, null, exempt));
        continue;
      }
      // A bonus grows with its block and fills it up to its full mark, never beyond.
      const most = multiply(each.item.weight, divide(weight, weigh(own.filter(({ item }) => !item.bonus))));
      const won = multiply(most, each.attainment);
      const fits = min(won, subtract(weight, points));
      score(each, { weight: most, points: fits });
      steps.push({
        ...{ kind: 'bonus', item: each.item.id, points: toDecimal(won), counted: toDecimal(fits) },
        running: toDecimal(running),
      });
    }
    earned.set(block.id, { weight, points });
    return { id: block.id, weight: nominal(own), points: weight.n === 0n ? null : toDecimal(points) };
  });
  return { running, items, blocks: scores, earned };
}

const nominal = (items: readonly Measured[]): string => toDecimal(weigh(items.filter(({ item }) => !item.bonus)));

function trackScores(
  plan: ResolvedPlan,
  blocks: readonly MeasuredBlock[],
  earned: ReadonlyMap<string, Earned>,
  steps: Step[],
): TrackScore[] {
  return plan.tracks.map(({ id, weight }) => {
    const own = blocks.flatMap(({ block }) => (block.track === id ? (earned.get(block.id) ?? []) : []));
    const effective = sum(own.map((each) => each.weight));
    if (effective.n === 0n) return { id, weight: toDecimal(weight), score: null };
    const points = sum(own.map((each) => each.points));
    const of100 = toDecimal(divide(multiply(points, hundred), effective));
    steps.push({
      ...{ kind: 'track', track: id, score: of100 },
      ...{ weight: toDecimal(effective), points: toDecimal(points) },
    });
    return { id, weight: toDecimal(weight), score: of100 };
  });
}

function tellDeductions(counted: readonly Measured[], steps: Step[]): void {
  for (const { item, deductions, attainment } of counted) {
    if (deductions.length === 0 || attainment === null) continue;
    for (const { incidentId, chargedUnder } of deductions) {
      if (incidentId !== null && chargedUnder !== null && chargedUnder !== item.id)
        steps.push({ kind: 'sameIncident', item: item.id, incidentId, chargedUnder });
    }
    const charged = deductions.filter(({ chargedUnder }) => chargedUnder === null);
    if (charged.length === 0) continue;
    steps.push({
      kind: 'deduction',
      item: item.id,
      incidents: charged.flatMap(({ incidentId }) => incidentId ?? []),
      days: charged.flatMap(({ incidentId, day }) => (incidentId === null ? [day] : [])),
      lost: toDecimal(lostTo(charged)),
      full: toDecimal(item.full),
      left: toDecimal(multiply(item.full, attainment)),
    });
  }
}

function tellCouplings(plan: ResolvedPlan, couplings: readonly Coupled[], steps: Step[]): void {
  for (const { shown } of couplings) {
    const { id, attainment, factor, value } = shown;
    const cap = plan.couplings.find((coupling) => coupling.id === id)?.cap ?? null;
    steps.push({ kind: 'coupling', coupling: id, attainment, cap, factor, value });
  }
}

/** A rate the organisation gives, times the factor of its coupling: overselling lowers it. */
function tellIncentives(plan: ResolvedPlan, couplings: readonly Coupled[], steps: Step[]): void {
  for (const { id, rate, coupling } of plan.incentives) {
    const factor = couplings.find((each) => each.id === coupling)?.factor ?? null;
    const value = rate && factor && toDecimal(multiply(rate, factor));
    steps.push({
      ...{ kind: 'incentive', incentive: id, rate: rate && toDecimal(rate) },
      ...{ factor: factor && toDecimal(factor), value },
    });
  }
}

/** Most cards have the plan's own weights: told once for each plan, not once for each card. */
const weightTexts = new WeakMap<Fraction, string>();
function weightText(weight: Fraction): string {
  const known = weightTexts.get(weight);
  if (known !== undefined) return known;
  const text = toDecimal(weight);
  weightTexts.set(weight, text);
  return text;
}

function itemScore(measured: Measured, earned: Earned | null, exempt: ScoreInput['exempt']): ItemScore {
  const { item, figure, status, force, parts, valuePeriod, attainment, deductions, standardised } = measured;
  const weight = earned && weightText(earned.weight);
  return {
    id: item.id,
    block: item.block,
    metric: item.metric.id,
    status,
    value: standardised ? measured.value && toDecimal(measured.value) : (figure?.value ?? null),
    standardised,
    numerator: figure?.numerator ?? null,
    denominator: figure?.denominator ?? null,
    n: figure === null ? 0 : figure.n,
    minimumN: item.minimumN,
    target: force.target && toDecimal(force.target),
    targetWhy: force.why,
    relaxed: force.relaxed,
    weight: weightText(item.weight),
    effectiveWeight: weight,
    attainment: attainment && toDecimal(attainment),
    points: earned && (earned.points === earned.weight ? weight : toDecimal(earned.points)),
    parts,
    valuePeriod,
    deductions,
    bonus: item.bonus,
    exemptDays: exempt?.[item.metric.id]?.length ?? 0,
  };
}
