import { type Dimension, figureOf, type MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { compare, fraction, multiply, subtract } from './fraction.ts';
import { grouped } from './grouped.ts';
import type { Person } from './organisation.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import type { Overview } from './schemas.ts';
import { score } from './score.ts';
import type { ItemScore } from './scorecard.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';

type Missed = Overview['missed'][number];

/** The plan of some teams' people, and its items as their cards have them. */
export interface Covered {
  readonly plan: Overview['plans'][number]['plan'];
  readonly resolved: ResolvedPlan;
  readonly teams: readonly string[];
  /** Everybody whom the plan is for, whoever asks. */
  readonly pool: readonly Person[];
  readonly items: readonly ResolvedItem[];
}

interface Held {
  readonly team: string;
  readonly plan: Covered['plan'];
  readonly resolved: ResolvedPlan;
  readonly item: ItemScore;
}

/**
 * Each team's own figures (ratios of sums, never means of people) held against the plan of its people, largest loss first. Where
 * several plans cover a team, each is held against the figure of those whom it covers. Counts are targets of persons only.
 */
export async function missedByTeams(deps: ScoreDeps, period: Period, covered: readonly Covered[]): Promise<Missed[]> {
  const held = await Promise.all(
    covered.flatMap((own) => {
      const others = new Set(covered.flatMap((other) => (other === own ? [] : other.pool.map(({ team }) => team))));
      const alone = own.teams.filter((team) => !others.has(team));
      const mixed = own.teams.filter((team) => others.has(team));
      const inMixed = own.pool.filter(({ team }) => mixed.includes(team)).map(({ agentId }) => agentId);
      return [
        teamsHeld(deps, period, own, alone),
        // A manager's card is the team's, whoever else is in it.
        teamsHeld(deps, period, own, mixed, own.resolved.plan.appraises === 'team' ? undefined : inMixed),
      ];
    }),
  );
  return held
    .flat()
    .filter(({ item }) => item.attainment !== null && compare(fraction(item.attainment), fraction('1')) < 0)
    .sort((a, b) => compare(lost(b.item), lost(a.item)))
    .flatMap(missedView);
}

const lost = ({ weight, attainment }: ItemScore) =>
  multiply(fraction(weight), subtract(fraction('1'), fraction(attainment ?? '1')));

/** `agents`: of these only, where they are not the whole team. */
async function teamsHeld(
  deps: ScoreDeps,
  period: Period,
  { plan, resolved, items }: Covered,
  teams: readonly string[],
  agents?: readonly string[],
): Promise<Held[]> {
  const targets = items.filter(({ metric }) => metric.unit !== 'count');
  if (teams.length === 0 || targets.length === 0) return [];
  const ask = (asked: readonly ResolvedItem[], by: readonly Dimension[]) => {
    const metrics = [...new Set(asked.map(({ metric }) => metric.id))];
    if (metrics.length === 0) return [];
    const query: FigureQuery = { period, by, metrics, ...(agents ? { filter: { agent: agents } } : {}) };
    return deps.teamFigures.get(`${period.text} ${JSON.stringify([by, metrics, agents])}`, () => deps.figures(query));
  };
  const split = targets.filter(({ target }) => typeof target !== 'string' && 'byPriority' in target);
  const [rows, parts] = await Promise.all([ask(targets, ['team']), ask(split, ['team', 'priority'])]);
  const byTeam = grouped(rows, ({ key }) => key.team ?? '');
  const partsByTeam = grouped(parts, ({ key }) => key.team ?? '');
  const counted = asCounted(resolved);
  return teams.flatMap((team) =>
    teamItems(counted, byTeam.get(team) ?? [], partsByTeam.get(team) ?? []).map((item) => ({
      ...{ team, plan, resolved, item },
    })),
  );
}

/** A standardised value is a person's: teams are held against the plan by their figures as counted. */
function asCounted(plan: ResolvedPlan): ResolvedPlan {
  const blocks = plan.blocks.map((block) => ({
    ...block,
    items: block.items.map((item) => ({ ...item, standardised: false })),
  }));
  return { ...plan, blocks, blocksOf: { junior: blocks, mid: blocks, senior: blocks, unknown: blocks } };
}

function teamItems(plan: ResolvedPlan, rows: readonly MetricRow[], parts: readonly MetricRow[]): readonly ItemScore[] {
  const values = Object.fromEntries(rows.map((row) => [row.metric, { figure: figureOf(row) }]));
  const byPriority = Object.fromEntries(
    [...grouped(parts, ({ metric }) => metric)].map(([metric, own]) => [
      metric,
      Object.fromEntries(own.map((row) => [row.key.priority ?? '', figureOf(row)])),
    ]),
  );
  return score(plan, { targets: 2, values, byPriority, tier: null, promotion: false, vetoes: [] }).items;
}

/** One line per missed target: an item in parts has one for each part that misses its own. */
function missedView({ team, plan, resolved, item: score }: Held): Missed[] {
  const item = resolved.blocks.flatMap((block) => block.items).find(({ id }) => id === score.id);
  if (!item) return [];
  const base = {
    ...{ team, plan, item: score.id, name: item.name },
    ...{ metric: score.metric, unit: item.metric.unit, better: item.better },
  };
  if (score.parts.length === 0) {
    const { value, target, attainment, n } = score;
    return value === null || target === null || attainment === null
      ? []
      : [{ ...base, part: null, value, target, attainment, n }];
  }
  return score.parts.flatMap(({ key, value, target, attainment, n }) =>
    value === null || attainment === null || compare(fraction(attainment), fraction('1')) >= 0
      ? []
      : [{ ...base, part: key, value, target, attainment, n }],
  );
}
