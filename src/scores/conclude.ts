import { compare, type Fraction, fraction, toDecimal, toFixed, zero } from './fraction.ts';
import type { ResolvedBand, ResolvedPlan } from './resolvePlan.ts';
import type { Step, TeamFigure, Veto } from './scorecard.ts';
import { timesTeam } from './teamCoefficient.ts';

/**
 * From the exact sum to what it means: rounded total, grade, coefficient; a veto keeps the total and forces the lowest grade. `team`: the
 * figure that the plan's team coefficient multiplies the coefficient by.
 */
export function conclude(plan: ResolvedPlan, exact: Fraction, vetoes: readonly Veto[], team: TeamFigure | null = null) {
  const grave = vetoes.filter(({ incident }) => plan.vetoes.has(incident));
  const starred = vetoes.filter(({ incident }) => plan.starVetoes.has(incident));
  const total = toFixed(exact, 2);
  const rounded = fraction(total);
  const earned = plan.bands.find(({ from, vetoOnly }) => !vetoOnly && compare(rounded, from) >= 0) ?? lowest(plan);
  const band = grave.length > 0 ? lowest(plan) : earned;
  const coefficient = grave.length > 0 ? zero : band.coefficient;
  const steps: Step[] = [
    { kind: 'round', sum: toDecimal(exact), total },
    { kind: 'grade', grade: earned.id, from: toDecimal(earned.from), to: earned.to && toDecimal(earned.to) },
  ];
  const ids = (some: readonly Veto[]) => some.map(({ incidentId }) => incidentId);
  const periods = [...new Set(grave.flatMap(({ period = [] }) => period))];
  if (grave.length > 0)
    steps.push({ kind: 'veto', incidents: ids(grave), grade: band.id, ...(periods.length > 0 ? { periods } : {}) });
  if (starred.length > 0) steps.push({ kind: 'star', incidents: ids(starred) });
  steps.push({
    kind: 'coefficient',
    coefficient: coefficient && toDecimal(coefficient),
    input: coefficient === null ? band.input : null,
  });
  const { teamCoefficient: rule } = plan;
  if (!rule || !team) return { total, grade: band.id, coefficient: coefficient && toDecimal(coefficient), steps };
  const step = timesTeam(rule, team, coefficient);
  return { total, grade: band.id, coefficient: step.coefficient, steps: [...steps, step] };
}

function lowest(plan: ResolvedPlan): ResolvedBand {
  const band = plan.bands.at(-1);
  if (!band) throw new RangeError('a resolved plan has bands');
  return band;
}
