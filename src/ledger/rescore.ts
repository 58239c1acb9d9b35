import { blend } from '../scores/blend.ts';
import { cutOffsOf, type ForcedGrade, gradeAmong } from '../scores/forcedGrades.ts';
import { compare, fraction, multiply } from '../scores/fraction.ts';
import { isVetoed } from '../scores/isVetoed.ts';
import { keptCoefficient } from '../scores/keptCoefficient.ts';
import { keptMetricsSchema } from '../scores/keptMetrics.ts';
import { type Plan, planSchema } from '../scores/planSchema.ts';
import { resolvePlan } from '../scores/resolvePlan.ts';
import { score } from '../scores/score.ts';
import { teamFactor, teamRule } from '../scores/teamCoefficient.ts';
import { longerKind, vetoesReach } from '../scores/vetoReach.ts';
import { canonicalJson } from './canonicalJson.ts';
import { jsonOf } from './receipt.ts';
import type { LedgerRecord } from './records.ts';

type CardRecord = Extract<LedgerRecord, { kind: 'scorecard' }>;

/** What the arithmetic gives when it is done again. */
export interface Rescored {
  readonly plan: Plan;
  readonly total: string | null;
  readonly grade: string | null;
  readonly coefficient: string | null;
  /** The card's own coefficient as a frozen card keeps it. */
  readonly paidBy: string | null;
  /** The bands that a meeting may decide, and what each is paid by, kept likewise; null while the plan's input is not given. */
  readonly coefficients: ReadonlyMap<string, string | null>;
  /** Whether a red line keeps the card out of the ranking. */
  readonly vetoed: boolean;
}

/**
 * Scores a card again from what its record holds: the plan, the metrics and the figures, by the same function that scored it. null
 * where these are not what they should be, so that nothing can be computed: neither where the plan multiplies by what the team came to, or
 * lets red lines reach the period, and the record does not say it, nor the other way round.
 */
export function rescored({ from, period }: CardRecord, planText: string, metricsText: string): Rescored | null {
  const plan = planSchema.safeParse(jsonOf(planText));
  const metrics = keptMetricsSchema.safeParse(jsonOf(metricsText));
  if (!plan.success || !metrics.success) return null;
  try {
    const resolved = resolvePlan(plan.data, metrics.data);
    const team = from.by === 'mean' ? (from.team ?? null) : null;
    const asked = from.by === 'mean' && teamRule(resolved, longerKind(period)) !== null;
    if (asked !== (team !== null)) return null;
    if (from.by === 'mean' && vetoesReach(resolved, longerKind(period)) !== (from.vetoes !== undefined)) return null;
    const card =
      from.by === 'score'
        ? score(resolved, from.input)
        : blend(resolved, from.parts, { team, vetoes: from.vetoes ?? [] });
    const factor = teamFactor(resolved, team);
    const vetoed = isVetoed(resolved, card);
    const coefficients = new Map(
      resolved.bands
        .filter(({ vetoOnly }) => !vetoOnly)
        .map(({ id, coefficient }) => [id, coefficient && keptCoefficient(multiply(coefficient, factor))]),
    );
    return {
      plan: plan.data,
      total: card.total,
      grade: card.grade,
      coefficient: card.coefficient,
      paidBy: card.coefficient && keptCoefficient(fraction(card.coefficient)),
      coefficients,
      vetoed,
    };
  } catch (error) {
    // Somebody else's file may hold whatever it likes: then there is nothing to compare, which is the answer.
    if (error instanceof Error) return null;
    throw error;
  }
}

type DistributionRecord = Extract<LedgerRecord, { kind: 'distribution' }>;

/** Whether the totals are in order and their cut-offs those of the plan. */
export function isDistribution({ totals, n, cutOffs }: DistributionRecord, { distribution }: Plan): boolean {
  if (!distribution || totals.length !== n || n < Number(distribution.smallest)) return false;
  const falls = totals.every((total, i) => i === 0 || compare(fraction(total), fraction(totals[i - 1] ?? '')) <= 0);
  return falls && canonicalJson(cutOffs) === canonicalJson(cutOffsOf(distribution, n));
}

/** The grade by rank done again; null where there is none to give. */
export function regraded({ plan, total, vetoed }: Rescored, totals: readonly string[] | null): ForcedGrade | null {
  const { distribution } = plan;
  if (!distribution || total === null) return null;
  if (vetoed && distribution.vetoed) return { grade: distribution.vetoed.id, level: 1 };
  return totals ? gradeAmong(distribution, totals, total) : null;
}
