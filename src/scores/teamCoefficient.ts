import type { MetricValue } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { exactValue } from './exactValue.ts';
import { compare, divide, type Fraction, multiply, one, toDecimal } from './fraction.ts';
import { keptCoefficient } from './keptCoefficient.ts';
import type { ResolvedPlan, ResolvedTeamCoefficient } from './resolvePlan.ts';
import type { Scorecard, TeamFigure, TeamStep } from './scorecard.ts';

/** The rule by which a card of this kind of period is multiplied; null where the plan has none, or has it switched off. */
export function teamRule({ teamCoefficient }: ResolvedPlan, kind: Period['kind']): ResolvedTeamCoefficient | null {
  return teamCoefficient?.periods.has(kind) ? teamCoefficient : null;
}

/** By team. */
export type TeamFigures = ReadonlyMap<string, MetricValue>;

const noFigure: MetricValue = { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };

/** The figure of somebody's team; whoever is in no team has none, also where records without a team were counted. */
export function figureOfTeam(figures: TeamFigures, team: string): TeamFigure {
  return { team, figure: (team === '' ? undefined : figures.get(team)) ?? noFigure };
}

/**
 * Figure ÷ target within the limits, and that quotient before it was limited. Without data, or with too few observations, 1: the
 * coefficient is left as it is, and the quotient is null.
 */
function factorOf(rule: ResolvedTeamCoefficient, figure: MetricValue): { ratio: Fraction | null; factor: Fraction } {
  const value = figure.status === 'ok' ? exactValue(figure) : null;
  if (value === null) return { ratio: null, factor: one };
  const ratio = divide(value, rule.target);
  const limit = compare(ratio, rule.min) < 0 ? rule.min : compare(ratio, rule.max) > 0 ? rule.max : ratio;
  return { ratio, factor: limit };
}

/** The step from the coefficient of a grade to that times the team's, rounded once; null stays null, and 0 stays 0. */
export function timesTeam(rule: ResolvedTeamCoefficient, { team, figure }: TeamFigure, of: Fraction | null): TeamStep {
  const { ratio, factor } = factorOf(rule, figure);
  return {
    ...{ kind: 'team', metric: rule.metric.id, team, figure, ratio: ratio && toDecimal(ratio) },
    ...{ factor: toDecimal(factor), of: of && toDecimal(of), coefficient: of && keptCoefficient(multiply(of, factor)) },
  };
}

/** The figure that a card was multiplied by, so that the next version of it keeps it; null where there is none. */
export function teamIn({ steps }: Pick<Scorecard, 'steps'>): TeamFigure | null {
  const step = steps.find((each) => each.kind === 'team');
  return step ? { team: step.team, figure: step.figure } : null;
}

/** What a coefficient of the plan is multiplied by on a card; 1 on one that has no figure of a team. */
export function teamFactor({ teamCoefficient: rule }: ResolvedPlan, team: TeamFigure | null): Fraction {
  return rule && team ? factorOf(rule, team.figure).factor : one;
}
