import type { ResolvedPlan } from './resolvePlan.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';

/** Asks for the figures of these agents only. A manager's card is made from the team's figures, a team's figure from everybody's. */
export function askingOnly(deps: ScoreDeps, { plan }: ResolvedPlan, agents: readonly string[]): ScoreDeps {
  const narrowed = (query: FigureQuery): FigureQuery =>
    plan.appraises === 'team' || query.by.includes('team')
      ? query
      : { ...query, filter: { ...query.filter, agent: agents } };
  return { ...deps, figures: (query) => deps.figures(narrowed(query)) };
}
