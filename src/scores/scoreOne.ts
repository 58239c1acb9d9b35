import type { MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { askingOnly } from './askingOnly.ts';
import { approvedExemptions } from './exemptionStore.ts';
import { gatherInputs } from './gatherInputs.ts';
import type { Person } from './organisation.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard } from './scorecard.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';

/**
 * One person's card for a month by any plan, stored or not; null for somebody to whom the plan gives none. Figures are remembered per
 * person, period and list of metrics: the next try of a plan that looks at the same metrics asks the engine nothing about figures.
 */
export async function scoreOne(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  period: Period,
  person: Person,
): Promise<Scorecard | null> {
  const { agentId } = person;
  const exemptions = await approvedExemptions(deps.stores.postgres, period);
  const figures = (query: FigureQuery): Promise<readonly MetricRow[]> => {
    const { period: of, by, metrics, filter, facts } = query;
    const key = JSON.stringify([of.text, by, metrics, filter, facts?.all.database]);
    return deps.personFigures.get(key, () => deps.figures(query));
  };
  const asking = askingOnly({ ...deps, figures }, plan, [agentId]);
  const input = (await gatherInputs(asking, plan, period, [person], exemptions)).get(agentId);
  return input ? score(plan, input) : null;
}
