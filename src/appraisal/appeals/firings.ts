import type { Bilingual } from '../../platform/language.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import { streaks } from '../../scores/streaks.ts';

/** What one period of a person came to: the grade that counts, and the one of the bands. */
export interface GradedPeriod {
  readonly period: string;
  readonly planId: string;
  readonly grade: string | null;
  readonly band: string | null;
}

export interface FiredOutcome {
  readonly outcome: string;
  readonly period: string;
  readonly text: Bilingual;
}

const kindOf = (period: string) =>
  /^\d{4}-\d{2}$/.test(period) ? 'month' : /^\d{4}-Q\d$/.test(period) ? 'quarter' : 'year';

/**
 * What runs of grades propose over all published periods, oldest first; an outcome is counted on the scale that its grade is of. Grades of
 * another plan mean something else: its card ends a run, and the count starts again behind it.
 */
export function firings({ id, plan }: ResolvedPlan, periods: readonly GradedPeriod[]): FiredOutcome[] {
  const bands = new Set(plan.bands.map((band) => band.id));
  return plan.outcomes.flatMap((outcome) => {
    const { of: kind = 'month' } = outcome;
    const byBand = plan.distribution !== undefined && bands.has(outcome.grade);
    return runsOf(
      id,
      periods.filter(({ period }) => kindOf(period) === kind),
    ).flatMap((run) => {
      const issued = run.map(({ period, grade, band }) => ({ period, grade: byBand ? band : grade }));
      return streaks({ ...plan, outcomes: [outcome] }, kind, issued).map(({ period }) => ({
        ...{ outcome: outcome.id, period, text: outcome.text },
      }));
    });
  });
}

/** The stretches of periods by a plan, cut where there is a card by another. */
function runsOf(planId: string, periods: readonly GradedPeriod[]): GradedPeriod[][] {
  const runs: GradedPeriod[][] = [[]];
  for (const each of periods)
    if (each.planId === planId) runs.at(-1)?.push(each);
    else runs.push([]);
  return runs;
}
