import { type Dimension, figureOf, type MetricRow } from '../../metrics/metricValue.ts';
import type { Actor } from '../../people/actor.ts';
import { gradeOf } from '../cardView.ts';
import { distribution } from '../distribution.ts';
import { explainCard } from '../explain.ts';
import { compare, divide, fraction, multiply, subtract, sum, toFixed } from '../fraction.ts';
import { grouped } from '../grouped.ts';
import type { Person } from '../organisation.ts';
import { periodBefore } from '../periodSpan.ts';
import type { ResolvedPlan } from '../resolvePlan.ts';
import type { Overview } from '../schemas.ts';
import { score } from '../score.ts';
import type { ItemScore } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { type Cards, columnsOf, presentIn, type ScorecardQuery, scorecards } from './scorecards.ts';

const movedMax = 5;

/** The team at a glance: how totals spread, who moved, and which team figures miss their target. */
export async function showOverview(deps: ScoreDeps, actor: Actor, input: ScorecardQuery): Promise<Overview> {
  const found = await scorecards(deps, actor, input, { permission: 'overview.read' });
  const { plan, version, period, people, cards } = found;
  const rated = people.flatMap((person) => {
    const total = cards.get(person.agentId)?.total;
    return total == null ? [] : [{ person, total }];
  });
  const moves = movesOf(found, rated);
  return {
    plan: { id: plan.id, name: plan.name, version },
    period: period.text,
    previousPeriod: periodBefore(period, deps.timeZone).text,
    agents: people.length,
    rated: rated.length,
    meanTotal:
      rated.length === 0
        ? null
        : toFixed(divide(sum(rated.map(({ total }) => fraction(total))), fraction(String(rated.length))), 2),
    distribution: distribution(rated.map(({ total }) => total)),
    grades: plan.bands.flatMap((band) => {
      const grade = gradeOf(plan, band.id);
      const count = people.filter(({ agentId }) => cards.get(agentId)?.grade === band.id).length;
      return grade ? [{ grade, count }] : [];
    }),
    movedUp: moves.filter(({ change }) => !change.startsWith('-') && change !== '0.00').slice(0, movedMax),
    movedDown: moves
      .filter(({ change }) => change.startsWith('-'))
      .reverse()
      .slice(0, movedMax),
    missed: await missedByTeams(deps, found),
    unrated: people.flatMap((person) => {
      const card = cards.get(person.agentId);
      return card && card.total === null ? [{ ...person, reason: explainCard(card, plan) }] : [];
    }),
  };
}

/** Largest rise first. */
function movesOf({ previousTotals }: Cards, rated: readonly { person: Person; total: string }[]): Overview['movedUp'] {
  return rated
    .flatMap(({ person, total }) => {
      const previousTotal = previousTotals.get(person.agentId) ?? null;
      return previousTotal === null
        ? []
        : [{ ...person, total, previousTotal, change: toFixed(subtract(fraction(total), fraction(previousTotal)), 2) }];
    })
    .sort((a, b) => compare(fraction(b.change), fraction(a.change)));
}

/** Each team's own figures (ratios of sums, never means of people) held against the plan. Counts are targets of persons only. */
async function missedByTeams(deps: ScoreDeps, found: Cards): Promise<Overview['missed']> {
  const { period, people } = found;
  const teams = [...new Set(people.map(({ team }) => team))].filter((team) => team !== '');
  const items = columnsOf(found.plan, presentIn(found)).filter(({ metric }) => metric.unit !== 'count');
  if (teams.length === 0 || items.length === 0) return [];
  const ask = (metrics: readonly string[], by: 'team' | 'priority') => {
    const asked = [...new Set(metrics)];
    if (asked.length === 0) return [];
    const dimensions: Dimension[] = by === 'team' ? ['team'] : ['team', 'priority'];
    return deps.teamFigures.get(`${period.text} ${by} ${asked.join(' ')}`, () =>
      deps.figures({ period, by: dimensions, metrics: asked }),
    );
  };
  const split = items.filter(({ target }) => typeof target !== 'string' && 'byPriority' in target);
  const [rows, parts] = await Promise.all([
    ask(
      items.map(({ metric }) => metric.id),
      'team',
    ),
    ask(
      split.map(({ metric }) => metric.id),
      'priority',
    ),
  ]);
  const byTeam = grouped(rows, ({ key }) => key.team ?? '');
  const partsByTeam = grouped(parts, ({ key }) => key.team ?? '');
  const plan = asCounted(found.plan);
  return teams
    .flatMap((team) =>
      teamItems(plan, byTeam.get(team) ?? [], partsByTeam.get(team) ?? []).map((item) => ({ team, item })),
    )
    .filter(({ item }) => item.attainment !== null && compare(fraction(item.attainment), fraction('1')) < 0)
    .sort((a, b) => compare(lost(b.item), lost(a.item)))
    .flatMap(({ team, item }) => missedView(found, team, item));
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
  return score(plan, { values, byPriority, tier: null, promotion: false, vetoes: [] }).items;
}

const lost = ({ weight, attainment }: ItemScore) =>
  multiply(fraction(weight), subtract(fraction('1'), fraction(attainment ?? '1')));

/** One line per missed target: an item in parts has one for each part that misses its own. */
function missedView({ plan }: Cards, team: string, score: ItemScore): Overview['missed'] {
  const item = plan.blocks.flatMap((block) => block.items).find(({ id }) => id === score.id);
  if (!item) return [];
  const base = {
    team,
    item: score.id,
    name: item.name,
    metric: score.metric,
    unit: item.metric.unit,
    better: item.better,
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
