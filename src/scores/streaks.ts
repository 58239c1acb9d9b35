import type { Plan } from './planSchema.ts';

type Outcome = Plan['outcomes'][number];

export interface Issued {
  readonly period: string;
  /** null: unrated, which neither counts nor interrupts. */
  readonly grade: string | null;
}

/** An outcome that its run of grades proposes, at the period that completes the run. */
export interface Firing {
  readonly outcome: string;
  readonly period: string;
}

/**
 * What runs of consecutive issued grades propose, oldest first. Unrated periods are skipped, another grade starts the count again,
 * and so does a completed run. `periods` are all of the outcome's kind (months, quarters or years), oldest first.
 */
export function streaks(
  plan: Pick<Plan, 'bands' | 'distribution' | 'outcomes'>,
  kind: NonNullable<Outcome['of']>,
  periods: readonly Issued[],
): Firing[] {
  const own = plan.outcomes.filter(({ of = 'month' }) => of === kind);
  return own.flatMap((outcome) => {
    const counted = new Set(gradesOf(plan, outcome));
    let run = 0;
    return periods.flatMap(({ period, grade }): Firing[] => {
      if (grade === null) return [];
      run = counted.has(grade) ? run + 1 : 0;
      if (run < Number(outcome.inARow)) return [];
      run = 0;
      return [{ outcome: outcome.id, period }];
    });
  });
}

/** The grade, and with `orBetter` those before it on its scale: the bands, or the grades of the distribution. */
function gradesOf({ bands, distribution }: Pick<Plan, 'bands' | 'distribution'>, outcome: Outcome): string[] {
  if (!outcome.orBetter) return [outcome.grade];
  const { top, second, standard, bottom, vetoed } = distribution ?? {};
  const ranks = [top, second, standard, bottom, vetoed].flatMap((rank) => (rank ? [rank.id] : []));
  const scale = ranks.includes(outcome.grade) ? ranks : bands.map(({ id }) => id);
  return scale.slice(0, scale.indexOf(outcome.grade) + 1);
}
