import { byteOrder } from '../metrics/byteOrder.ts';
import type { MetricRow } from '../metrics/metricValue.ts';
import { askingOnly } from './askingOnly.ts';
import type { Person } from './organisation.ts';
import { rememberFigures } from './rememberFigures.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';

type Rows = Promise<readonly MetricRow[]>;

/** A question that was asked for everybody, and what of its answer was taken. */
interface Turn {
  readonly take: ReturnType<ScoreDeps['figuresInOrder']>;
  agents: readonly string[];
  rows: Rows;
}

/**
 * For the length of one run over these people in their order. More than a batch of them would each ask the whole of the facts again:
 * instead everybody's figures are asked for once, and each batch takes its own.
 */
export function inTurn(deps: ScoreDeps, people: readonly Person[]): ScoreDeps {
  if (people.length <= deps.batch) return deps;
  const turns = new Map<string, Turn>();
  const remembered = rememberFigures(deps.figures);
  const ofAll = new Map<string, ReturnType<ScoreDeps['incidents']>>();
  const take = (plan: ResolvedPlan, agents: readonly string[], query: FigureQuery): Rows => {
    const key = JSON.stringify([plan.id, query.period.text, query.facts?.all.database, query.by, query.metrics]);
    const known = turns.get(key);
    // Cards of several months look at the same earlier assessments.
    if (known && isSame(agents, known.agents)) return known.rows;
    if (known && !follows(agents, known.agents)) return askingOnly(deps, plan, agents).figures(query);
    const all = known?.take ?? deps.figuresInOrder(query);
    const rows = all.then((batch) => batch(agents));
    turns.set(key, { take: all, agents, rows });
    return rows;
  };
  return {
    ...deps,
    turn: (plan, agents) => ({
      ...deps,
      // A manager's card is made from the team's figures, a team's figure from everybody's.
      figures: (query) =>
        plan.plan.appraises === 'team' || query.by[0] !== 'agent' ? remembered(query) : take(plan, agents, query),
      incidents: (period, items) => {
        const key = JSON.stringify([period.text, items]);
        const incidents = ofAll.get(key) ?? deps.incidents(period, items, []);
        ofAll.set(key, incidents);
        return incidents;
      },
    }),
  };
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((agent, i) => agent === others[i]);

/** Whether all of these come after all of those. */
function follows(agents: readonly string[], before: readonly string[]): boolean {
  const [first] = [...agents].sort(byteOrder);
  const last = [...before].sort(byteOrder).at(-1);
  return first === undefined || last === undefined || byteOrder(first, last) > 0;
}
