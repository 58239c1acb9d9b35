import type { MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { gatherInputs } from './gatherInputs.ts';
import type { Person } from './organisation.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard } from './scorecard.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';

/**
 * One person's card for a month by any plan, stored or not. Figures are remembered per person, period and list of metrics: the
 * next try of a plan that looks at the same metrics asks the engine nothing about figures.
 */
export async function scoreOne(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  period: Period,
  person: Person,
): Promise<Scorecard> {
  const { agentId } = person;
  const figures = (query: FigureQuery): Promise<readonly MetricRow[]> =>
    deps.personFigures.get(
      [agentId, query.period.text, query.by.join(), query.metrics.join(), JSON.stringify(query.filter ?? {})].join(' '),
      () => deps.figures({ ...query, filter: { ...query.filter, agent: [agentId] } }),
    );
  const input = (await gatherInputs({ ...deps, figures }, plan, period, [person])).get(agentId);
  if (!input) throw new RangeError('gatherInputs left out somebody it was asked for');
  return score(plan, input);
}
