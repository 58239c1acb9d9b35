import { conclude } from './conclude.ts';
import { add, divide, fraction, toDecimal, zero } from './fraction.ts';
import type { ResolvedPlan } from './resolvePlan.ts';

import type { Scorecard, Step, TeamFigure, Veto } from './scorecard.ts';
import { timesTeam } from './teamCoefficient.ts';

/** A shorter period's result as it was rounded; null when it was unrated. */
export interface BlendPart {
  readonly period: string;
  readonly total: string | null;
}

/** What acts on a longer period besides the totals of its parts. */
export interface BesideParts {
  /** What the team came to, where the plan multiplies the coefficient of such a period by it. */
  readonly team?: TeamFigure | null;
  /** The red lines of its months, where the plan lets them reach so far (`vetoesReach`). */
  readonly vetoes?: readonly Veto[];
}

/**
 * A quarter out of its months, a year out of its quarters: the mean of the rated totals as rounded, rounded and graded again.
 * Unrated parts are skipped; without any rated part the longer period is unrated too. An unrated card keeps what acts beside, for the day
 * it is corrected. Stars are counted by the month alone.
 */
export function blend(
  plan: ResolvedPlan,
  parts: readonly BlendPart[],
  { team = null, vetoes: given = [] }: BesideParts = {},
): Scorecard {
  const vetoes = given.filter(({ incident }) => plan.vetoes.has(incident));
  const base = { plan: plan.id, vetoes, tracks: [], blocks: [], couplings: [], items: [] };
  const rated = parts.flatMap(({ period, total }) => (total === null ? [] : [{ period, total }]));
  const steps: Step[] = [];
  let running = zero;
  for (const { period, total } of rated) {
    running = add(running, fraction(total));
    steps.push({ kind: 'part', period, total, running: toDecimal(running) });
  }
  if (rated.length === 0) {
    const { teamCoefficient: rule } = plan;
    if (rule && team) steps.push(timesTeam(rule, team, null));
    return { ...base, status: 'unrated', total: null, grade: null, coefficient: null, steps };
  }
  const mean = divide(running, { n: BigInt(rated.length), d: 1n });
  steps.push({ kind: 'mean', count: rated.length, running: toDecimal(mean) });
  const ending = conclude(plan, mean, vetoes, team);
  return { ...base, status: 'rated', ...ending, steps: [...steps, ...ending.steps] };
}
