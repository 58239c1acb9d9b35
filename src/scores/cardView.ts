import type { Bilingual } from '../platform/language.ts';
import { explainItem, explainTarget, lostPoints } from './explain.ts';
import type { ForcedGrade } from './forcedGrades.ts';
import { add, compare, divide, fraction, multiply, toDecimal } from './fraction.ts';
import { itemsById } from './itemsById.ts';
import type { Person } from './organisation.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ScorecardItem, ScorecardRow } from './schemas.ts';
import type { ItemScore, Scorecard } from './scorecard.ts';
import { partName } from './wording.ts';

/** A card as the table shows it. */
export function rowOf(
  plan: ResolvedPlan,
  person: Person,
  card: Scorecard,
  { previousTotal, rank }: { readonly previousTotal: string | null; readonly rank: ForcedGrade | null },
): Omit<ScorecardRow, 'plan'> {
  return {
    ...person,
    ...totalsOf(plan, card),
    previousTotal,
    rank: rankOf(plan, rank),
    items: card.items.map(({ id, status, attainment, points, weight, effectiveWeight }) => ({
      id,
      status,
      attainment,
      points,
      weight,
      effectiveWeight,
    })),
  };
}

/** What a card comes to, with the grade's and the red lines' names. */
export function totalsOf(plan: ResolvedPlan, card: Scorecard) {
  return {
    status: card.status,
    total: card.total,
    grade: gradeOf(plan, card.grade),
    coefficient: card.coefficient,
    vetoes: card.vetoes.map(
      ({ incident }): Bilingual =>
        plan.plan.vetoes.find((veto) => veto.incident === incident)?.name ?? { zh: incident, en: incident },
    ),
  };
}

/** A grade of the distribution with its name and level. */
export function rankOf(plan: ResolvedPlan, rank: ForcedGrade | null): ScorecardRow['rank'] {
  const { top, second, standard, bottom, vetoed } = plan.plan.distribution ?? {};
  const found = [top, second, standard, bottom, vetoed].find((each) => each?.id === rank?.grade);
  return found && rank ? { id: found.id, ...found.name, level: rank.level, levels: Number(found.levels) } : null;
}

export function gradeOf(plan: ResolvedPlan, id: string | null): { id: string; zh: string; en: string } | null {
  const band = plan.bands.find((each) => each.id === id);
  return band ? { id: band.id, ...band.name } : null;
}

/** An item with its words, the team's median and what lists the rows behind it. */
export function itemView(
  plan: ResolvedPlan,
  score: ItemScore,
  context: { agentId: string; period: string; team: readonly Scorecard[] },
): ScorecardItem {
  const item = itemsById(plan).get(score.id);
  if (!item) throw new RangeError(`item ${score.id} is not in plan ${plan.id}`);
  const valuePeriod = score.valuePeriod ?? context.period;
  return {
    id: score.id,
    block: score.block,
    name: item.name,
    metric: score.metric,
    unit: item.metric.unit,
    better: item.better,
    status: score.status,
    value: score.value,
    numerator: score.numerator,
    denominator: score.denominator,
    n: score.n,
    target: score.target,
    targetWhy: explainTarget(score, item),
    reason: explainItem(score, item),
    weight: score.weight,
    effectiveWeight: score.effectiveWeight,
    attainment: score.attainment,
    points: score.points,
    lost: lostPoints(score),
    teamMedian: teamMedian(score, context.team),
    deductions: score.deductions
      .map(({ incidentId, day, severity, points, chargedUnder }) => ({
        ...{ incidentId, day, severity, points },
        chargedUnder: chargedUnder === null ? null : (itemsById(plan).get(chargedUnder)?.name ?? null),
      }))
      .sort((a, b) => compare(fraction(b.points), fraction(a.points))),
    bonus: score.bonus,
    parts: score.parts.map((part) => ({ ...part, name: partName(part.key) })),
    valuePeriod,
    evidence: { metric: score.metric, agent: context.agentId, period: valuePeriod },
    counted: item.metric.counted ?? null,
    standardised: score.standardised,
  };
}

/** Fewer colleagues than this would show somebody's own figure. */
const medianOfMin = 3;

/** The median of the team's attainments for an item, in points of this card's weight. */
function teamMedian(score: ItemScore, team: readonly Scorecard[]): string | null {
  if (score.effectiveWeight === null) return null;
  const attainments = team
    .flatMap((card) => card.items.find(({ id }) => id === score.id)?.attainment ?? [])
    .map(fraction)
    .sort(compare);
  const middle = Math.floor(attainments.length / 2);
  const [low, high] = [attainments[attainments.length % 2 === 0 ? middle - 1 : middle], attainments[middle]];
  if (attainments.length < medianOfMin || !low || !high) return null;
  return toDecimal(multiply(divide(add(low, high), fraction('2')), fraction(score.effectiveWeight)));
}
